using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>Reads a measurement by its ending, npz files by their keys, and HDF5 by its datasets.</summary>
internal static class MeasurementReader
{
    /// <returns>It; where nobody gave a probe, with one of the frames, and saying so.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its content is wrong; what and where is named.</exception>
    /// <exception cref="ArgumentException">More has to be given than the file; what is named.</exception>
    public static ImportedMeasurement Read(string path, InputSettings settings)
    {
        foreach (var file in settings.Files.Prepend(path))
            if (!File.Exists(file))
                throw new FileNotFoundException($"'{file}' does not exist.");
        var ending = Path.GetExtension(path).ToLowerInvariant();
        var options = settings.Import with
        {
            Probe = settings.Probe is { } probe ? ProbeFile.Read(probe) : null,
            ProbeFromFrames = true,
        };
        if (StackReader.Reads(ending) || settings.Dataset is not null)
            return StackReader.Read(path, settings, options);
        if (ProductFile.Is(path))
            throw new ArgumentException(
                $"'{path}' is a finished reconstruction (object, probe, positions) and holds no frames: give the file with "
                    + "the frames, and this one by --probe or, for a stack, by --positions."
            );
        if (ending is ".h5" or ".hdf5" && Hdf5Stacks.Find(path) is { } dataset)
            return StackReader.Read(path, settings with { Dataset = dataset }, options);
        if (settings.Positions is not null)
            throw new ArgumentException(
                $"--positions is for stacks (.tif, .npy, --dataset); '{path}' has positions of its own."
            );
        return ending switch
        {
            ".npz" => IsOwn(path) ? Own(path, options) : RawNpzFile.Read(path, options),
            ".cxi" or ".h5" or ".hdf5" => CxiFile.Read(path, options),
            ".nxs" => NexusFile.Read(path, options),
            ".ptyd" => PtydFile.Read(path, options),
            _ => throw new ArgumentException(
                $"'{path}': files that end in '{ending}' are not known, only .npz, .cxi, .h5, .hdf5, .nxs, .ptyd, .tif, "
                    + ".tiff and .npy."
            ),
        };
    }

    private static bool IsOwn(string path) => NpzFile.ReadKeys(path).Contains("object_shape", StringComparer.Ordinal);

    // The project's own files say all: axes, unit and the object's size.
    private static ImportedMeasurement Own(string path, ImportOptions options)
    {
        if (options with { Probe = null, ProbeFromFrames = false, Geometry = null } != new ImportOptions())
            throw new ArgumentException(
                $"'{path}' is in the project's own layout, which leaves nothing open: options about frames and "
                    + "positions do not apply to it."
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
