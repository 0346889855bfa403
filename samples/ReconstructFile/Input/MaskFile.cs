using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tiff;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>Bad pixels of the detector from a file of their own: .npy, .npz (<c>mask</c>) or .tif, [h, w].</summary>
internal static class MaskFile
{
    private const string Key = "mask";

    /// <param name="path">The file.</param>
    /// <param name="nonzeroIsGood">Whether 1 is a good pixel (ptypy's way) and not a bad one (CXI's).</param>
    /// <returns>The stored pixels row by row, true for bad.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no mask, or one that leaves less than half of the pixels.</exception>
    public static bool[] Read(string path, bool nonzeroIsGood)
    {
        var array = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => NpyFile.Read(path),
            ".npz" => NpzFile.ReadKeys(path).Contains(Key, StringComparer.Ordinal)
                ? NpzFile.Read(path, [Key])[Key]
                : throw new InvalidDataException($"'{path}' has no array '{Key}'."),
            ".tif" or ".tiff" => TiffFile.Read(path),
            var other => throw new ArgumentException($"'{path}': masks in files that end in '{other}' are not read."),
        };
        if (array.Shape is not ([_, _] or [1, _, _]))
            throw new InvalidDataException($"'{path}': a mask is [h, w], not {array}.");
        bool[] bad = [.. array.ToDouble().Select(value => value != 0 != nonzeroIsGood)];
        if (2 * bad.Count(isBad => isBad) > bad.Length)
            throw new InvalidDataException(
                $"'{path}' would mask out {bad.Count(isBad => isBad)} of {bad.Length} pixels: "
                    + (
                        nonzeroIsGood
                            ? "leave out --mask-nonzero-is-good?"
                            : "is nonzero a good pixel there (--mask-nonzero-is-good)?"
                    )
            );
        return bad;
    }
}
