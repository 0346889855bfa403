using System.Numerics;
using Ptycho.IO;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>Makes large fields small enough for a page, by means over squares of pixels.</summary>
internal static class FieldReduction
{
    /// <summary>More pixels on a side than a screen has help nobody and make the file large.</summary>
    private const int LongestSide = 1024;

    /// <summary>The side of the squares that become a pixel; 1 if nothing must be reduced.</summary>
    public static int Factor(int height, int width) => (Math.Max(height, width) + LongestSide - 1) / LongestSide;

    public static ComplexField Reduce(ComplexField field, int factor)
    {
        if (factor == 1)
            return field;
        var (height, width) = (Side(field.Height, factor), Side(field.Width, factor));
        return new ComplexField(
            height,
            width,
            Reduce(field.Real, field.Width, factor),
            Reduce(field.Imaginary, field.Width, factor)
        );
    }

    /// <summary>A plane [H, W] of the given width, reduced.</summary>
    public static float[] Reduce(IReadOnlyList<float> plane, int width, int factor)
    {
        var height = plane.Count / width;
        var reduced = new float[Side(height, factor) * Side(width, factor)];
        for (var row = 0; row < Side(height, factor); row++)
        for (var column = 0; column < Side(width, factor); column++)
        {
            var (sum, count) = (0.0, 0);
            for (var y = row * factor; y < Math.Min(height, (row + 1) * factor); y++)
            for (var x = column * factor; x < Math.Min(width, (column + 1) * factor); x++)
            {
                sum += plane[y * width + x];
                count++;
            }
            reduced[row * Side(width, factor) + column] = (float)(sum / count);
        }
        return reduced;
    }

    /// <summary>The field times a factor.</summary>
    public static ComplexField Times(ComplexField field, Complex factor)
    {
        var result = new ComplexField(field.Height, field.Width);
        for (var i = 0; i < field.Length; i++)
        {
            var value = factor * new Complex(field.Real[i], field.Imaginary[i]);
            (result.Real[i], result.Imaginary[i]) = ((float)value.Real, (float)value.Imaginary);
        }
        return result;
    }

    private static int Side(int length, int factor) => (length + factor - 1) / factor;
}
