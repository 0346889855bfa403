using Ptycho.IO;

namespace Ptycho.Physics.Measurements;

/// <summary>Refuses fields that hold NaN or infinity.</summary>
internal static class FiniteCheck
{
    public static void Require(ComplexField field, string name)
    {
        for (var i = 0; i < field.Length; i++)
            if (!float.IsFinite(field.Real[i]) || !float.IsFinite(field.Imaginary[i]))
                throw new ArgumentException(
                    $"The field is not finite at row {i / field.Width}, column {i % field.Width}.",
                    name
                );
    }
}
