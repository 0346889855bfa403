using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;

namespace Ptycho.Physics.Probes;

/// <summary>A probe as a NumPy file: complex [h, w] or [M, h, w]; a known probe comes back bit for bit.</summary>
public static class ProbeFile
{
    private const string Key = "probe";

    /// <summary>Reads a probe from an npy file, or from the key <c>probe</c> of an npz archive.</summary>
    /// <param name="path">The file; its name ends in .npz where it is an archive.</param>
    /// <exception cref="InvalidDataException">The file is damaged, has no probe, or the array is none; file and array are
    /// named.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static Probe Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isArchive = Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase);
        if (isArchive && !NpzFile.ReadKeys(path).Contains(Key, StringComparer.Ordinal))
            throw new InvalidDataException($"{path}: there is no array '{Key}'.");
        var array = isArchive ? NpzFile.Read(path, [Key])[Key] : NpyFile.Read(path);
        try
        {
            return FromArray(array, Key);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes a probe as an npy file, complex64 [M, h, w], whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Probe probe)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(probe);
        NpyFile.Write(path, ToArray(probe));
    }

    internal static Probe FromArray(NumericArray array, string name)
    {
        if (array.Shape.Length is not (2 or 3))
            throw new InvalidDataException(
                $"'{name}' must have axes [h, w] or [M, h, w], not {array.Shape.Length} axes."
            );
        var (height, width) = (array.Shape[^2], array.Shape[^1]);
        var size = height * width;
        var values = MemoryMarshal.Cast<float, (float Re, float Im)>(array.ToInterleavedSingle()).ToArray();
        var modes = values
            .Chunk(Math.Max(1, size))
            .Select(mode => new ComplexField(height, width, [.. mode.Select(z => z.Re)], [.. mode.Select(z => z.Im)]));
        return Probe.FromModes(modes);
    }

    internal static NumericArray ToArray(Probe probe)
    {
        var values = probe.Modes.SelectMany(mode => mode.Real.Zip(mode.Imaginary, (re, im) => new[] { re, im }));
        return NumericArray.CreateComplex64(
            values.SelectMany(pair => pair).ToArray(),
            probe.ModeCount,
            probe.Height,
            probe.Width
        );
    }
}
