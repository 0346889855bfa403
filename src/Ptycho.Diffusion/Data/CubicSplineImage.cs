using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// A complex image that can be sampled between its pixels: the interpolating cubic B-spline of the real and of the
/// imaginary part with mirror boundaries, the same function as <c>scipy.ndimage</c>'s order 3, mode "mirror".
/// Immutable after construction and safe for any number of threads.
/// </summary>
public sealed class CubicSplineImage
{
    // Taps reach one pixel before and two beyond the pixel that a position lies in.
    private const int Before = 1;
    private const int Padding = 3;
    private const double Tolerance = 1e-6;

    private readonly float[] coefficients; // interleaved (re, im), padded by mirrored values
    private readonly int stride;

    /// <summary>Computes the spline of an image; the image is copied.</summary>
    public CubicSplineImage(ComplexField image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Height = image.Height;
        Width = image.Width;
        stride = 2 * (Width + Padding);
        coefficients = new float[(Height + Padding) * stride];
        Store(image.Real, 0);
        Store(image.Imaginary, 1);
    }

    /// <summary>Rows of the image.</summary>
    public int Height { get; }

    /// <summary>Columns of the image.</summary>
    public int Width { get; }

    /// <summary>The value at a position in pixels, 0 ≤ row ≤ H − 1 and 0 ≤ column ≤ W − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position lies outside the image.</exception>
    public Complex At(double row, double column)
    {
        Check(row, column);
        var (real, imaginary) = Evaluate(row, column);
        return new Complex(real, imaginary);
    }

    /// <summary>The values on a grid of height×width positions, all of which lie in the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A corner of the grid lies outside the image.</exception>
    public ComplexField Sample(SamplingGrid grid, int height, int width)
    {
        var field = new ComplexField(height, width);
        foreach (var (i, j) in new[] { (0, 0), (0, width - 1), (height - 1, 0), (height - 1, width - 1) })
        {
            var corner = grid.At(i, j);
            Check(corner.Row, corner.Column);
        }
        for (int i = 0, k = 0; i < height; i++)
        for (var j = 0; j < width; j++, k++)
        {
            var (row, column) = grid.At(i, j);
            (field.Real[k], field.Imaginary[k]) = Evaluate(row, column);
        }
        return field;
    }

    private (float Real, float Imaginary) Evaluate(double row, double column)
    {
        row = Math.Clamp(row, 0, Height - 1);
        column = Math.Clamp(column, 0, Width - 1);
        var (r, c) = ((int)row, (int)column);
        var wr = Weights((float)(row - r));
        var wc = Weights((float)(column - c));
        var wide = Vector256.Shuffle(Vector256.Create(wc, wc), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3));

        // The padding shifts the first tap, r − 1, to row r of the stored plane.
        ref var first = ref MemoryMarshal.GetReference(coefficients.AsSpan(r * stride + 2 * c, 3 * stride + 8));
        var sum = Vector256.LoadUnsafe(ref first) * wr[0];
        sum += Vector256.LoadUnsafe(ref first, (nuint)stride) * wr[1];
        sum += Vector256.LoadUnsafe(ref first, (nuint)(2 * stride)) * wr[2];
        sum += Vector256.LoadUnsafe(ref first, (nuint)(3 * stride)) * wr[3];
        sum *= wide;
        var half = sum.GetLower() + sum.GetUpper();
        return (half[0] + half[2], half[1] + half[3]);
    }

    /// <summary>The cubic B-spline at the four pixels around a position, t its distance from the second of them.</summary>
    private static Vector128<float> Weights(float t)
    {
        var u = 1 - t;
        return Vector128.Create(
            u * u * u / 6,
            2f / 3 - t * t * (2 - t) / 2,
            2f / 3 - u * u * (2 - u) / 2,
            t * t * t / 6
        );
    }

    private void Store(float[] samples, int part)
    {
        var plane = Array.ConvertAll(samples, x => (double)x);
        CubicSplineFilter.Apply(plane, Height, Width);
        for (var r = 0; r < Height + Padding; r++)
        for (var c = 0; c < Width + Padding; c++)
            coefficients[r * stride + 2 * c + part] = (float)
                plane[Mirror(r - Before, Height) * Width + Mirror(c - Before, Width)];
    }

    private static int Mirror(int i, int count)
    {
        if (count == 1)
            return 0;
        i = Math.Abs(i) % (2 * count - 2);
        return i < count ? i : 2 * count - 2 - i;
    }

    private void Check(double row, double column)
    {
        if (!(row >= -Tolerance && row <= Height - 1 + Tolerance))
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Rows run from 0 to {Height - 1} in this image.");
        if (!(column >= -Tolerance && column <= Width - 1 + Tolerance))
            throw new ArgumentOutOfRangeException(
                nameof(column),
                column,
                $"Columns run from 0 to {Width - 1} in this image."
            );
    }
}
