using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>Reads a measurement by its ending, and npz files by their keys.</summary>
internal static class MeasurementReader
{
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its content is wrong; what and where is named.</exception>
    public static ImportedMeasurement Read(string path, ImportOptions options, Probe? probe)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' does not exist.");
        options = options with { Probe = probe };
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => IsOwn(path) ? Own(path, options) : RawNpzFile.Read(path, options),
            ".cxi" or ".h5" or ".hdf5" => CxiFile.Read(path, options),
            ".nxs" => NexusFile.Read(path, options),
            ".ptyd" => PtydFile.Read(path, options),
            var other => throw new ArgumentException(
                $"'{path}': files that end in '{other}' are not known, only .npz, .cxi, .h5, .hdf5, .nxs and .ptyd."
            ),
        };
    }

    private static bool IsOwn(string path) => NpzFile.ReadKeys(path).Contains("object_shape", StringComparer.Ordinal);

    // The project's own files say all: axes, unit and the object's size.
    private static ImportedMeasurement Own(string path, ImportOptions options)
    {
        if (options with { Probe = null } != new ImportOptions())
            throw new ArgumentException(
                $"'{path}' is in the project's own layout, which leaves nothing open: options about frames and "
                    + "positions do not apply to it."
            );
        var measurement = MeasurementFile.Read(path);
        if (options.Probe is { } probe)
            measurement = measurement.WithProbe(probe);
        return new ImportedMeasurement(measurement, null, new ScanPosition(0, 0), ["Layout: the project's own."]);
    }
}
