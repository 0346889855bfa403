using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Probes;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>
/// A probe from a file: npy; the array "probe" of an npz, such as that of an earlier result; a .ptyr or ptychodus product.
/// </summary>
internal static class ProbeFile
{
    private const string Key = "probe";

    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no probe.</exception>
    /// <exception cref="ArgumentException">Files of its kind are not read.</exception>
    public static Probe Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"The probe '{path}' does not exist.");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => ToProbe(FromArchive(path), path),
            ".npy" => ToProbe(NpyFile.Read(path), path),
            _ when ProductFile.Is(path) => ProductFile.Read(path).ToProbe(),
            _ => throw new ArgumentException(
                $"'{path}' holds no probe that can be read: give a .npz, a .npy, a .ptyr or a ptychodus product (.h5)."
            ),
        };
    }

    private static Probe ToProbe(NumericArray array, string path)
    {
        if (array.Shape.Length is not (2 or 3) || array.Length == 0)
            throw new InvalidDataException($"'{path}': a probe is [h, w] or [modes, h, w], not {array}.");
        var (height, width) = (array.Shape[^2], array.Shape[^1]);
        var values = MemoryMarshal.Cast<float, (float Re, float Im)>(array.ToInterleavedSingle()).ToArray();
        return Probe.FromModes(
            values
                .Chunk(height * width)
                .Select(mode => new ComplexField(
                    height,
                    width,
                    [.. mode.Select(z => z.Re)],
                    [.. mode.Select(z => z.Im)]
                ))
        );
    }

    private static NumericArray FromArchive(string path) =>
        NpzFile.ReadKeys(path).Contains(Key, StringComparer.Ordinal)
            ? NpzFile.Read(path, [Key])[Key]
            : throw new InvalidDataException($"'{path}': the key '{Key}' is missing.");
}
