using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Probes;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>A probe from a NumPy file: npy, or the array "probe" of an npz, such as that of an earlier result.</summary>
internal static class ProbeFile
{
    private const string Key = "probe";

    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no probe.</exception>
    public static Probe Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"The probe '{path}' does not exist.");
        var array = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? FromArchive(path) : NpyFile.Read(path);
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
