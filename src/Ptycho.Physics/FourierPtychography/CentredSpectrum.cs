using Ptycho.IO;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// Copies windows between a field whose zero frequency lies in the centre [h/2, w/2] and planes in the order of the discrete
/// Fourier transform, zero frequency at [0, 0].
/// </summary>
internal static class CentredSpectrum
{
    /// <summary>Copies a window of the centred field; the window's own centre becomes element [0, 0].</summary>
    public static void Load(ComplexField from, int row, int column, Span<float> re, Span<float> im, int h, int w)
    {
        for (var u = 0; u < h; u++)
        {
            var start = (row + (u + h / 2) % h) * from.Width + column;
            Unroll(from.Real.AsSpan(start, w), re.Slice(u * w, w));
            Unroll(from.Imaginary.AsSpan(start, w), im.Slice(u * w, w));
        }
    }

    /// <summary>The reverse of <see cref="Load"/>.</summary>
    public static void Store(
        ComplexField to,
        int row,
        int column,
        ReadOnlySpan<float> re,
        ReadOnlySpan<float> im,
        int h,
        int w
    )
    {
        for (var u = 0; u < h; u++)
        {
            var start = (row + (u + h / 2) % h) * to.Width + column;
            Roll(re.Slice(u * w, w), to.Real.AsSpan(start, w));
            Roll(im.Slice(u * w, w), to.Imaginary.AsSpan(start, w));
        }
    }

    private static void Unroll(ReadOnlySpan<float> centred, Span<float> line)
    {
        var half = centred.Length / 2;
        centred[half..].CopyTo(line);
        centred[..half].CopyTo(line[^half..]);
    }

    private static void Roll(ReadOnlySpan<float> line, Span<float> centred)
    {
        var half = centred.Length / 2;
        line[..^half].CopyTo(centred[half..]);
        line[^half..].CopyTo(centred);
    }
}
