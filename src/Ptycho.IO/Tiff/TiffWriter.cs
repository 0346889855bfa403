using Ptycho.IO.Arrays;
using Ptycho.IO.Tiff.Codec;

namespace Ptycho.IO.Tiff;

/// <summary>Adds pages to a TIFF that is being written.</summary>
public sealed class TiffWriter
{
    private readonly TiffOutput _output;
    private (int Height, int Width, ElementType Type)? _kind;

    internal TiffWriter(TiffOutput output) => _output = output;

    /// <summary>Adds one page [h, w], or all of [pages, h, w]; all pages of a file have one size and type.</summary>
    /// <exception cref="ArgumentException">The array cannot be a page, or differs from the pages before.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Add(NumericArray pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        RequireWritable(pages);
        var kind = (pages.Shape[^2], pages.Shape[^1], pages.ElementType);
        if (_kind is { } first && kind != first)
            throw new ArgumentException(
                $"{pages} does not fit the pages before, {first.Type} {first.Height}×{first.Width}.",
                nameof(pages)
            );
        _kind = kind;
        var length = pages.Bytes.Length / (pages.Shape.Length == 3 ? pages.Shape[0] : 1);
        for (var at = 0; at < pages.Bytes.Length; at += length)
            _output.WritePage(pages.Bytes.Slice(at, length), kind.Item1, kind.Item2, kind.ElementType);
    }

    internal static void RequireWritable(NumericArray pages)
    {
        if (pages.Shape.Length is not (2 or 3) || pages.Length == 0)
            throw new ArgumentException(
                $"Pages must be [h, w] or [pages, h, w], not empty, but not {pages}.",
                nameof(pages)
            );
        if (pages.ElementType is ElementType.Bool or ElementType.BFloat16)
            throw new ArgumentException($"TIFF has no {pages.ElementType}; convert {pages} first.", nameof(pages));
    }

    internal void Finish()
    {
        if (_kind is null)
            throw new InvalidOperationException("A TIFF needs at least one page.");
    }
}
