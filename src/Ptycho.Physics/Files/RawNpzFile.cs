using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// Two layouts of npz archives with positions in pixels and any origin.
/// <list type="bullet">
/// <item>Raw: <c>data</c> [K, h, w], the zero frequency at [0, 0]; <c>scan</c> [K, 2], (y, x) of the windows' first
/// pixels; <c>probe</c> complex [h, w] or [M, h, w].</item>
/// <item>PtychoNN and PtychoPINN: <c>diffraction</c> or <c>diff3d</c>, amplitudes [K, h, w] (or [h, w, K] in old
/// files), the zero frequency at [⌊h/2⌋, ⌊w/2⌋]; <c>xcoords</c>, <c>ycoords</c> [K]; <c>probeGuess</c>.</item>
/// </list>
/// </summary>
public static class RawNpzFile
{
    private static readonly string[] Wanted =
    [
        "data",
        "scan",
        "probe",
        "diffraction",
        "diff3d",
        "xcoords",
        "ycoords",
        "probeGuess",
    ];

    /// <summary>Reads a measurement of either layout, which the notes name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file and key are named.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ImportedMeasurement Read(string path, ImportOptions? options = null)
    {
        var keys = NpzFile.ReadKeys(path);
        var arrays = NpzFile.Read(path, keys.Intersect(Wanted, StringComparer.Ordinal));
        return MeasurementAssembly.Guard(path, () => Build(arrays, options ?? new ImportOptions(), keys));
    }

    private static ImportedMeasurement Build(
        IReadOnlyDictionary<string, NumericArray> arrays,
        ImportOptions options,
        IReadOnlyList<string> keys
    )
    {
        var notes = new List<string>();
        var raw = arrays.ContainsKey("data") && arrays.ContainsKey("scan");
        notes.Add(raw ? "Layout: raw (data, scan, probe)." : "Layout: PtychoPINN (diffraction, xcoords, ycoords).");
        var stack = raw
            ? Get(arrays, "data", 3, keys)
            : Get(arrays, arrays.ContainsKey("diff3d") ? "diff3d" : "diffraction", 3, keys);
        var positions = raw ? Scan(Get(arrays, "scan", 2, keys)) : Coordinates(arrays, keys);
        var last = !raw && stack.Shape[0] != positions.Length && stack.Shape[2] == positions.Length;
        if (last)
            notes.Add("The frames are the last axis.");
        var (frameCount, height, width) = last
            ? (stack.Shape[2], stack.Shape[0], stack.Shape[1])
            : (stack.Shape[0], stack.Shape[1], stack.Shape[2]);
        if (frameCount != positions.Length)
            throw new InvalidDataException($"there are {frameCount} frames but {positions.Length} positions.");
        var (first, count) = MeasurementAssembly.Range(frameCount, options);
        if (!raw)
            options = options with { Unit = options.Unit ?? DiffractionUnit.Amplitude };
        var frames = FrameImport.Create(height, width, centred: !raw, options, notes);
        var stored = stack.ToSingle();
        var (size, storedPixels) = (frames.Height * frames.Width, height * width);
        var values = new float[(long)count * size];
        var frame = new float[storedPixels];
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < storedPixels; i++)
                frame[i] = last ? stored[i * frameCount + first + k] : stored[(first + k) * storedPixels + i];
            frames.Apply(frame, values.AsSpan(k * size, size));
        }
        var unit = MeasurementAssembly.GuessUnit(stack.ElementType, values, options, notes);
        var weights = ImportedMask.Complete(null, values, frames, options, notes);
        var mask = weights is null ? null : new DetectorMask(weights);
        var key = raw ? "probe" : "probeGuess";
        var probe =
            options.Probe ?? (arrays.TryGetValue(key, out var array) ? MeasurementAssembly.ToProbe(array, key) : null);
        if (probe is null && !options.ProbeFromFrames)
            throw Missing(key, keys);
        probe = ImportedProbe.Fit(probe, frames, notes);
        var pixels = positions.Skip(first).Take(count);
        var measured = new RawMeasurement
        {
            Values = values,
            FrameCount = count,
            Height = frames.Height,
            Width = frames.Width,
            Unit = unit,
            Mask = mask,
            Positions = MeasurementAssembly.Orient(MeasurementAssembly.Rescaled(pixels, frames, notes), options, notes),
            Probe = probe ?? MeasurementAssembly.Placeholder(options, frames.Height, frames.Width, "no probe"),
        };
        var geometry = options.Geometry is { } given ? options.Imported(given) : null;
        var read = MeasurementAssembly.Fit(measured, frames, geometry, options, notes);
        return probe is null ? MeasurementAssembly.WithProbeOfFrames(read) : read;
    }

    private static ScanPosition[] Scan(NumericArray scan)
    {
        if (scan.Shape[1] != 2)
            throw new InvalidDataException($"'scan' must be [K, 2], (y, x), not {scan}.");
        var values = scan.ToDouble();
        return [.. values.Chunk(2).Select(pair => new ScanPosition(pair[0], pair[1]))];
    }

    private static ScanPosition[] Coordinates(
        IReadOnlyDictionary<string, NumericArray> arrays,
        IReadOnlyList<string> keys
    )
    {
        var x = Get(arrays, "xcoords", 1, keys).ToDouble();
        var y = Get(arrays, "ycoords", 1, keys).ToDouble();
        return x.Length == y.Length
            ? [.. y.Zip(x, (row, column) => new ScanPosition(row, column))]
            : throw new InvalidDataException($"there are {x.Length} 'xcoords' but {y.Length} 'ycoords'.");
    }

    private static NumericArray Get(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        int axes,
        IReadOnlyList<string> keys
    )
    {
        if (!arrays.TryGetValue(key, out var array))
            throw Missing(key, keys);
        if (array.Shape.Length != axes || array.Length == 0)
            throw new InvalidDataException($"'{key}' must have {axes} axes and elements, not {array}.");
        return array;
    }

    private static InvalidDataException Missing(string key, IReadOnlyList<string> keys) =>
        new($"the key '{key}' is missing; the file has: {string.Join(", ", keys)}.");
}
