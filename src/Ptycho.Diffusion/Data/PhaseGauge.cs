using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// The rule that removes a global phase, which diffraction data leave free: arg Σf = 0. Priors are trained on crops in this
/// gauge and store its name.
/// </summary>
public static class PhaseGauge
{
    /// <summary>The rule's name in a prior's metadata.</summary>
    public const string Name = "arg-sum-zero";

    /// <summary>Multiplies a field, in place, by the unit number that makes its sum real and positive; a sum of 0 is left.</summary>
    public static void Fix(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        double real = 0,
            imaginary = 0;
        foreach (var x in field.Real)
            real += x;
        foreach (var x in field.Imaginary)
            imaginary += x;
        var length = Math.Sqrt(real * real + imaginary * imaginary);
        if (length == 0)
            return;
        var (c, s) = ((float)(real / length), (float)(-imaginary / length));
        for (var i = 0; i < field.Length; i++)
        {
            var (re, im) = (field.Real[i], field.Imaginary[i]);
            field.Real[i] = re * c - im * s;
            field.Imaginary[i] = re * s + im * c;
        }
    }
}
