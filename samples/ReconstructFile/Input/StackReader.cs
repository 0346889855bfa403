using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tiff;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>
/// Frames alone, as a TIFF stack or npy [K, h, w]. Whatever else a reconstruction needs has files of its own: the positions
/// and the probe.
/// </summary>
internal static class StackReader
{
    public static bool Reads(string ending) => ending is ".tif" or ".tiff" or ".npy";

    /// <inheritdoc cref="MeasurementReader.Read"/>
    public static ImportedMeasurement Read(string path, InputSettings settings)
    {
        if (settings.Positions is null || settings is { Probe: null, EstimateProbe: false })
            throw new ArgumentException(
                $"'{path}' holds frames alone; also needed: "
                    + string.Join(" and ", Missing(settings))
                    + " (positions in metres need --positions-unit Metres, --energy-kev, --distance and --detector-pixel)."
            );
        var options = settings.Import;
        using var stack = FrameStream.Open(Open(path), options);
        var notes = new List<string>(stack.Notes);
        var positions = StackPositions.Read(settings, stack, notes);
        var size = (long)stack.Height * stack.Width;
        if (size * stack.Count > Array.MaxLength)
            throw new InvalidDataException(
                $"'{path}': {stack.Count} frames of {stack.Height}×{stack.Width} do not fit one array; use --frames or --crop."
            );
        var values = new float[size * stack.Count];
        for (var k = 0; k < stack.Count; k++)
            stack.Read(k, values.AsSpan((int)(k * size), (int)size));
        var data = new DiffractionData(
            values,
            stack.Count,
            stack.Height,
            stack.Width,
            options.Unit ?? GuessedUnit(stack.StoredType, notes),
            mask: options.MaskInvalid ? Mask(values, (int)size, notes) : null
        );
        var (pattern, height, width) = positions.FitObject(stack.Height, stack.Width, options.Margin);
        var origin = new ScanPosition(positions[0].Row - pattern[0].Row, positions[0].Column - pattern[0].Column);
        notes.Add($"Positions were moved by whole pixels, ({0 - origin.Row}, {0 - origin.Column}), to fit the object.");
        var probe = settings.Probe is { } file ? ProbeFile.Read(file) : FarFieldProbe.Create(data);
        var measurement = new Measurement(data, pattern, probe, height, width);
        return new ImportedMeasurement(measurement, options.Geometry, origin, notes);
    }

    private static IEnumerable<string> Missing(InputSettings settings)
    {
        if (settings.Positions is null)
            yield return "--positions (.csv, .npy or a product: a row and a column for each frame)";
        if (settings is { Probe: null, EstimateProbe: false })
            yield return "--probe (.npy, .npz or a product; --estimate-probe finds one from the frames)";
    }

    private static IArraySource Open(string path) =>
        path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? NpySource.Open(path) : TiffStack.Open(path);

    private static DiffractionUnit GuessedUnit(ElementType type, List<string> notes)
    {
        var real = type is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64;
        var unit = real ? DiffractionUnit.Intensity : DiffractionUnit.Counts;
        notes.Add($"The frames are {type} without a unit, so they were taken as {unit}; --unit says otherwise.");
        return unit;
    }

    private static DetectorMask? Mask(float[] values, int size, List<string> notes)
    {
        var bad = new HashSet<int>();
        for (var i = 0; i < values.Length; i++)
            if (!(values[i] >= 0 && float.IsFinite(values[i])))
                bad.Add(i % size);
        if (bad.Count == 0)
            return null;
        notes.Add($"{bad.Count} pixels that are negative or not finite in some frame were masked out.");
        return new DetectorMask([.. Enumerable.Range(0, size).Select(i => bad.Contains(i) ? 0f : 1f)]);
    }
}
