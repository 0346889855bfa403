using Ptycho.IO.Arrays;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// A measurement from frames alone, of whatever file, and positions from wherever they are: a TIFF stack and a table of the
/// stage, a dataset of an HDF5 file and a .npy.
/// </summary>
public static class StackImport
{
    /// <summary>Reads the frames and puts them together with their positions.</summary>
    /// <param name="frames">
    /// The stack [K, h, w], such as a <c>TiffStack</c>, an <c>NpySource</c> or an <c>Hdf5Dataset</c>; the caller closes it.
    /// </param>
    /// <param name="positions">(row, column) or (y, x), one for each frame of the stack, or for each that is read.</param>
    /// <param name="unit">The positions' unit; all but pixels need <see cref="ImportOptions.Geometry"/>.</param>
    /// <param name="options">What else has to be known: the probe, or that one is made of the frames.</param>
    /// <param name="centred">Whether the zero frequency is at [⌊h/2⌋, ⌊w/2⌋] where the options do not say; else [0, 0].</param>
    /// <exception cref="ArgumentException">Positions have a length's unit, but there is no geometry.</exception>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file and frame are named.</exception>
    public static ImportedMeasurement Read(
        IArraySource frames,
        IReadOnlyList<ScanPosition> positions,
        PositionUnit unit,
        ImportOptions options,
        bool centred = true
    )
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(options);
        if (unit != PositionUnit.Pixels && options.Geometry is null)
            throw new ArgumentException(
                $"Positions in {unit} need {nameof(ImportOptions)}.{nameof(ImportOptions.Geometry)}: energy, distance and detector "
                    + "pixel give the object's pixel.",
                nameof(options)
            );
        return MeasurementAssembly.Guard(frames.Path, () => Build(frames, positions, unit, options, centred));
    }

    private static ImportedMeasurement Build(
        IArraySource source,
        IReadOnlyList<ScanPosition> positions,
        PositionUnit unit,
        ImportOptions options,
        bool centred
    )
    {
        var stack = FrameStream.Open(source, options, centred);
        var notes = new List<string>(stack.Notes);
        var import = stack.Import;
        var whole = options.FirstFrame + stack.Count <= positions.Count && options.FrameCount is not null;
        if (!whole && positions.Count != options.FirstFrame + stack.Count)
            throw new InvalidDataException(
                $"there are {positions.Count} positions, but {options.FirstFrame + stack.Count} frames."
            );
        var read = positions.Skip(options.FirstFrame).Take(stack.Count);
        var values = MeasurementAssembly.ReadFrames(
            (first, count) => source.ReadRange(first, count),
            import,
            options.FirstFrame,
            stack.Count
        );
        var declared = MeasurementAssembly.GuessUnit(stack.StoredType, values, options, notes);
        var weights = ImportedMask.Complete(null, values, import, options, notes);
        var geometry = options.Geometry is { } given ? options.Imported(given) : null;
        var pixels =
            unit == PositionUnit.Pixels
                ? MeasurementAssembly.Rescaled(read, import, notes)
                : read.Select(p =>
                    geometry!.ToPixels(p.Column * Metres(unit), p.Row * Metres(unit), stack.Height, stack.Width)
                );
        var probe = ImportedProbe.Fit(options.Probe, import, notes);
        var raw = new RawMeasurement
        {
            Values = values,
            FrameCount = stack.Count,
            Height = stack.Height,
            Width = stack.Width,
            Unit = declared,
            Mask = weights is null ? null : new DetectorMask(weights),
            Positions = MeasurementAssembly.Orient(pixels, options, notes),
            Probe = probe ?? MeasurementAssembly.Placeholder(options, stack.Height, stack.Width, "there is no probe"),
        };
        var fitted = MeasurementAssembly.Fit(raw, import, geometry, options, notes);
        return probe is null ? MeasurementAssembly.WithProbeOfFrames(fitted) : fitted;
    }

    private static double Metres(PositionUnit unit) =>
        unit switch
        {
            PositionUnit.Metres => 1,
            PositionUnit.Millimetres => 1e-3,
            PositionUnit.Micrometres => 1e-6,
            PositionUnit.Nanometres => 1e-9,
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "The unit of the positions is not known."),
        };
}
