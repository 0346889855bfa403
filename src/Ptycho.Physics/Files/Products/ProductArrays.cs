using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.IO.Arrays;

namespace Ptycho.Physics.Files.Products;

/// <summary>Between lists of complex fields and arrays with their number in front.</summary>
internal static class ProductArrays
{
    /// <summary>The last two axes as fields; all axes before them are one list.</summary>
    public static List<ComplexField> ToFields(NumericArray array, string path, List<string> notes)
    {
        if (array.Shape.Length is < 2 or > 4 || array.Length == 0)
            throw new InvalidDataException($"'{path}' must have two to four axes and elements, not {array}.");
        if (array.ElementType is not (ElementType.Complex64 or ElementType.Float32))
            notes.Add($"'{path}' is {array.ElementType} and was rounded to complex64.");
        var (height, width) = (array.Shape[^2], array.Shape[^1]);
        var values = MemoryMarshal.Cast<float, (float Re, float Im)>(array.ToInterleavedSingle());
        var fields = new List<ComplexField>();
        for (var at = 0; at < values.Length; at += height * width)
        {
            var field = new ComplexField(height, width);
            for (var i = 0; i < field.Length; i++)
                (field.Real[i], field.Imaginary[i]) = values[at + i];
            fields.Add(field);
        }
        return fields;
    }

    public static NumericArray ToArray(IEnumerable<ComplexField> fields, params int[] leading)
    {
        var list = fields.ToList();
        var values = new float[checked(2 * list.Sum(field => field.Length))];
        var at = 0;
        foreach (var field in list)
            for (var i = 0; i < field.Length; i++)
                (values[at++], values[at++]) = (field.Real[i], field.Imaginary[i]);
        return NumericArray.CreateComplex64(values, [.. leading, list[0].Height, list[0].Width]);
    }
}
