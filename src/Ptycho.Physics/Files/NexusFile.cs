using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>
/// NeXus files of the application definition NXcxi_ptycho: the places of CXI (frames <c>data_1/data</c>, the detector's
/// <c>distance</c>, <c>x_pixel_size</c>, <c>y_pixel_size</c>, <c>mask</c> or <c>pixel_mask</c>, <c>translation</c> (x, y,
/// z)), but the photon's energy in <c>beam_1</c> (in NeXus <c>source_1/energy</c> is the machine's), units as the attributes
/// <c>units</c> say, and rasters also as [slow, fast, h, w] with x and y as separate fields of
/// <c>sample_1/transformations</c>. Its text has frames [x, y], CXI's author and most files [y, x]: both are read, see
/// <see cref="ImportOptions.FrameAxes"/>, and the notes say which. It has no probe; one in CXI's place is taken.
/// </summary>
public static class NexusFile
{
    private const string Definition = "NXcxi_ptycho";

    /// <summary>Reads a measurement; only the frames that the options ask for are held in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say, and which part of it is wanted.</param>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file, dataset and place are named.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ImportedMeasurement Read(string path, ImportOptions? options = null)
    {
        using var file = Hdf5File.Open(path);
        return MeasurementAssembly.Guard(path, () => Build(file, options ?? new ImportOptions()));
    }

    /// <summary>Opens the frames for reading one by one: a data set may be larger than memory.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static FrameStream OpenFrames(string path, ImportOptions? options = null) =>
        CxiEntry.OpenStream(path, Entry, NexusBeamCentre.Apply, options ?? new ImportOptions());

    private static ImportedMeasurement Build(Hdf5File file, ImportOptions options)
    {
        var notes = new List<string>();
        var name = Entry(file);
        var entry = new CxiEntry(file, name);
        using var stack = entry.OpenFrames();
        var geometry = options.Imported(options.Geometry ?? entry.Geometry(EnergyPath(file, name)));
        options = entry.WithUnit(stack, options);
        var centred = NexusBeamCentre.Apply(file, name, options, notes);
        var frames = entry.Frames(stack, centred, notes);
        var (first, count) = MeasurementAssembly.Range(stack.Shape[0], options);
        CxiEntry.RequireStored(stack, count);
        var values = MeasurementAssembly.ReadFrames(
            (from, length) => stack.ReadRange(from, length),
            frames,
            first,
            count
        );
        var unit = MeasurementAssembly.GuessUnit(stack.ElementType, values, options, notes);
        var weights = entry.Mask(frames, weightsPath: null, notes);
        weights = ImportedMask.Complete(weights, values, frames, options, notes);
        var mask = weights is null ? null : new DetectorMask(weights);
        var positions =
            NexusMotors.Read(file, name, stack.Shape[0], first, count, geometry, frames, notes)
            ?? entry.Translations(stack.Shape[0], first, count, geometry, frames);
        var probe = ImportedProbe.Fit(options.Probe ?? entry.Probe(), frames, notes);
        var raw = new RawMeasurement
        {
            Values = values,
            FrameCount = count,
            Height = frames.Height,
            Width = frames.Width,
            Unit = unit,
            Mask = mask,
            Positions = MeasurementAssembly.Orient(positions, options, notes),
            Probe = probe ?? entry.NoProbe(options, frames),
        };
        var read = MeasurementAssembly.Fit(raw, frames, geometry, options, notes);
        return probe is null ? MeasurementAssembly.WithProbeOfFrames(read) : read;
    }

    // Files of beamlines have other entries beside it.
    private static string Entry(Hdf5File file) =>
        file.Keys()
            .FirstOrDefault(key =>
                file.IsText($"{key}/definition")
                && string.Equals(file.ReadText($"{key}/definition").Trim(), Definition, StringComparison.Ordinal)
            )
        ?? (
            file.Exists("entry_1")
                ? "entry_1"
                : throw new InvalidDataException(
                    $"no entry has the definition '{Definition}', and there is no 'entry_1'; the file has: "
                        + $"{string.Join(", ", file.Keys().Take(20))}."
                )
        );

    private static string EnergyPath(Hdf5File file, string entry)
    {
        var beam = $"{entry}/instrument_1/beam_1";
        string[] places = [$"{beam}/energy", $"{beam}/incident_beam_energy", $"{beam}/incident_energy"];
        return places.FirstOrDefault(file.IsDataset) ?? places[0];
    }
}
