using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// Any file that holds a whole measurement, by the ending of its name: .npz (the project's own layout, or those of
/// <see cref="RawNpzFile"/>), .cxi, .h5, .hdf5 (CXI), .nxs (NeXus) and .ptyd.
/// </summary>
public static class MeasurementImport
{
    private const string OwnKey = "object_shape";

    /// <summary>Reads a measurement.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say. For the project's own layout only probe and geometry apply.</param>
    /// <exception cref="ArgumentException">The ending is not known, or options do not apply.</exception>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file and place are named.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ImportedMeasurement Read(string path, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new ImportOptions();
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => NpzFile.ReadKeys(path).Contains(OwnKey, StringComparer.Ordinal)
                ? Own(path, options)
                : RawNpzFile.Read(path, options),
            ".cxi" or ".h5" or ".hdf5" => CxiFile.Read(path, options),
            ".nxs" => NexusFile.Read(path, options),
            ".ptyd" => PtydFile.Read(path, options),
            var ending => throw new ArgumentException(
                $"'{path}': files that end in '{ending}' are not known as measurements, only .npz, .cxi, .h5, .hdf5, .nxs and "
                    + ".ptyd.",
                nameof(path)
            ),
        };
    }

    private static ImportedMeasurement Own(string path, ImportOptions options)
    {
        if (options with { Probe = null, ProbeFromFrames = false, Geometry = null } != new ImportOptions())
            throw new ArgumentException(
                $"'{path}' is in the project's own layout, which leaves nothing open: options about frames and positions do not "
                    + "apply to it.",
                nameof(options)
            );
        var measurement = MeasurementFile.Read(path);
        if (options.Probe is { } probe)
            measurement = measurement.WithProbe(probe);
        return new ImportedMeasurement(
            measurement,
            options.Geometry,
            new ScanPosition(0, 0),
            ["Layout: the project's own."]
        );
    }
}
