using Ptycho.Physics.Files;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>Reads a measurement by its ending, npz files by their keys, and HDF5 by its datasets.</summary>
internal static class MeasurementReader
{
    /// <returns>It; where nobody gave a probe, with one of the frames, and saying so.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its content is wrong; what and where is named.</exception>
    /// <exception cref="ArgumentException">More has to be given than the file; what is named.</exception>
    public static ImportedMeasurement Read(string path, InputSettings settings) =>
        OptionWords.Guard(() => Open(path, settings));

    private static ImportedMeasurement Open(string path, InputSettings settings)
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
        return MeasurementImport.Read(path, options);
    }
}
