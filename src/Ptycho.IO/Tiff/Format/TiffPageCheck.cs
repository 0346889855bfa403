using Ptycho.IO.Arrays;
using Ptycho.IO.Tiff.Codec;

namespace Ptycho.IO.Tiff.Format;

/// <summary>What must hold of a page before anything is allocated for it.</summary>
internal static class TiffPageCheck
{
    public static void Require(TiffPage page, TiffInput input, TiffDirectory directory)
    {
        RequireKnown(page, directory);
        var down = (page.Height + page.BlockHeight - 1L) / page.BlockHeight;
        if (page.Offsets.Length != down * page.BlocksAcross || page.Counts.Length != page.Offsets.Length)
            throw directory.Invalid(
                $"it should have {down * page.BlocksAcross} blocks, not {page.Offsets.Length} offsets and "
                    + $"{page.Counts.Length} byte counts."
            );
        var ratio = TiffDecoder.LargestRatio(page.Compression);
        for (var i = 0; i < page.Offsets.Length; i++)
        {
            input.CheckRange(page.Offsets[i], page.Counts[i], $"page {page.Number}, block {i}");
            if (page.BlockLength(i) / ratio > page.Counts[i])
                throw directory.Invalid(
                    $"block {i} should have {page.BlockLength(i)} bytes, which cannot come from {page.Counts[i]}."
                );
        }
    }

    private static void RequireKnown(TiffPage page, TiffDirectory directory)
    {
        if (!TiffDecoder.Knows(page.Compression))
            throw directory.Invalid(
                $"the compression {page.Compression} is not supported; none (1), LZW (5), deflate (8, 32946) and "
                    + "PackBits (32773) are."
            );
        var real = page.Type is ElementType.Float16 or ElementType.Float32 or ElementType.Float64;
        var possible = page.Predictor switch
        {
            1 => true,
            2 => !real && !ElementTypes.IsComplex(page.Type),
            3 => real,
            _ => false,
        };
        if (!possible)
            throw directory.Invalid($"the predictor {page.Predictor} is not supported for {page.Type}.");
    }
}
