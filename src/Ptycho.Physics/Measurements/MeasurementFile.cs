using System.Runtime.InteropServices;
using System.Text;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// A measurement as one npz archive, which NumPy reads and writes with <c>savez</c>:
/// <list type="bullet">
/// <item><c>counts</c>, <c>intensity</c> or <c>amplitude</c> (exactly one): real [K, h, w], the zero frequency at
/// [0, 0]; the name is the unit;</item>
/// <item><c>counts_per_unit</c> (optional): one number, counts per unit of intensity;</item>
/// <item><c>positions</c>: real [K, 2], (row, column) of each window's first pixel on the object, pixels;</item>
/// <item><c>probe</c>: complex [h, w] or [M, h, w];</item>
/// <item><c>object_shape</c>: two whole numbers, rows and columns;</item>
/// <item><c>mask</c> (optional): real [h, w] weights in [0, 1]; <c>frame_weights</c> (optional): real [K];</item>
/// <item><c>dropped_frames</c> (optional): whole numbers [D], the frames that were left out as bad, counted as they were
/// first given; <c>dropped_reasons</c>: why, a JSON list of D texts in UTF-8 as bytes (uint8): in Python
/// <c>json.loads(bytes(f["dropped_reasons"]))</c>;</item>
/// <item><c>truth</c> (optional): complex [H, W], what was simulated.</item>
/// </list>
/// </summary>
public static class MeasurementFile
{
    private const string TruthKey = "truth";

    // Nothing else is read: other arrays may lie beside them, of any type.
    private static readonly string[] Keys =
    [
        "counts",
        "intensity",
        "amplitude",
        "counts_per_unit",
        "positions",
        "probe",
        "object_shape",
        "mask",
        "frame_weights",
        DroppedFrameRecord.FramesKey,
        DroppedFrameRecord.ReasonsKey,
    ];

    private static readonly (DiffractionUnit Unit, string Key)[] Units =
    [
        (DiffractionUnit.Counts, "counts"),
        (DiffractionUnit.Intensity, "intensity"),
        (DiffractionUnit.Amplitude, "amplitude"),
    ];

    /// <summary>Reads and validates a measurement.</summary>
    /// <exception cref="InvalidDataException">A key is missing or its content wrong; file, key and place are named.
    /// </exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static Measurement Read(string path) => Read(path, null);

    /// <summary>Reads a measurement, masks bad pixels and drops bad frames as the options say.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cleaning">
    /// What is done with bad pixels and frames; null refuses them. Frames dropped now join those that the file names in
    /// <see cref="Measurement.Dropped"/>, all counted as they were first given.
    /// </param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Measurement Read(string path, CleaningOptions? cleaning)
    {
        var keys = NpzFile.ReadKeys(path);
        var arrays = NpzFile.Read(path, keys.Intersect(Keys, StringComparer.Ordinal));
        try
        {
            return Build(arrays, cleaning);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads what the measurement was simulated from, or null where the file has no <c>truth</c>.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static ComplexField? ReadTruth(string path)
    {
        if (!NpzFile.ReadKeys(path).Contains(TruthKey, StringComparer.Ordinal))
            return null;
        var array = NpzFile.Read(path, [TruthKey])[TruthKey];
        if (array.Shape.Length != 2)
            throw new InvalidDataException($"{path}: '{TruthKey}' must have two axes.");
        return array.ToComplexField();
    }

    /// <summary>Writes a measurement, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="measurement">What to write.</param>
    /// <param name="truth">What it was simulated from, of the object's shape, or null.</param>
    /// <param name="compress">Deflate the arrays; by default they are stored, as by numpy.savez.</param>
    /// <exception cref="ArgumentException">The truth has another shape than the object.</exception>
    public static void Write(string path, Measurement measurement, ComplexField? truth = null, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(measurement);
        var data = measurement.Data;
        var (objectHeight, objectWidth) = (measurement.ObjectHeight, measurement.ObjectWidth);
        if (truth is not null && (truth.Height != objectHeight || truth.Width != objectWidth))
            throw new ArgumentException(
                $"The truth is {truth.Height}×{truth.Width}, the object {objectHeight}×{objectWidth}.",
                nameof(truth)
            );
        var key = Units.First(entry => entry.Unit == data.Unit).Key;
        var positions = measurement.Positions.SelectMany(p => new[] { p.Row, p.Column }).ToArray();
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            [key] = NumericArray.Create<float>(data.Values, data.FrameCount, data.Height, data.Width),
            ["positions"] = NumericArray.Create<double>(positions, data.FrameCount, 2),
            ["probe"] = ProbeFile.ToArray(measurement.Probe),
            ["object_shape"] = NumericArray.Create<int>([objectHeight, objectWidth], 2),
        };
        if (data.CountsPerUnit is { } counts)
            arrays["counts_per_unit"] = NumericArray.Create<double>([counts]);
        if (data.Mask is { } mask)
            arrays["mask"] = NumericArray.Create(mask.PixelWeights.AsSpan(), data.Height, data.Width);
        if (data.Mask?.FrameWeights is { } weights)
            arrays["frame_weights"] = NumericArray.Create(weights.AsSpan(), data.FrameCount);
        if (measurement.Dropped is { Count: > 0 } dropped)
        {
            var reasons = Encoding.UTF8.GetBytes(DroppedFrameRecord.Reasons(dropped));
            arrays[DroppedFrameRecord.FramesKey] = NumericArray.Create<long>(
                DroppedFrameRecord.Frames(dropped),
                dropped.Count
            );
            arrays[DroppedFrameRecord.ReasonsKey] = NumericArray.Create<byte>(reasons, reasons.Length);
        }
        if (truth is not null)
            arrays[TruthKey] = NumericArray.FromComplexField(truth);
        NpzFile.Write(path, arrays, compress);
    }

    private static Measurement Build(IReadOnlyDictionary<string, NumericArray> arrays, CleaningOptions? cleaning)
    {
        var units = Units.Where(entry => arrays.ContainsKey(entry.Key)).ToArray();
        if (units.Length != 1)
            throw new InvalidDataException(
                $"there must be exactly one of the keys 'counts', 'intensity' and 'amplitude', not {units.Length}. "
                    + $"Of the keys of a measurement the file has: {string.Join(", ", arrays.Keys)}."
            );
        var (unit, key) = units[0];
        var frames = Get(arrays, key, 3);
        var (count, height, width) = (frames.Shape[0], frames.Shape[1], frames.Shape[2]);
        var gain = arrays.TryGetValue("counts_per_unit", out var scalar) ? Scalar(scalar) : (double?)null;
        DetectorMask? mask = null;
        var frameWeights = arrays.ContainsKey("frame_weights") ? Get(arrays, "frame_weights", 1).ToSingle() : null;
        if (arrays.ContainsKey("mask"))
            mask = new DetectorMask(Get(arrays, "mask", 2).ToSingle(), frameWeights);
        else if (frameWeights is not null)
            mask = new DetectorMask([.. Enumerable.Repeat(1f, height * width)], frameWeights);
        var shape = Get(arrays, "object_shape", 1).ToDouble();
        if (shape.Length != 2 || shape.Any(size => !(size >= 1 && size <= int.MaxValue && Math.Floor(size) == size)))
            throw new InvalidDataException("'object_shape' must be two whole numbers above 0, rows and columns.");
        var raw = new RawMeasurement
        {
            Values = frames.ToSingle(),
            FrameCount = count,
            Height = height,
            Width = width,
            Unit = unit,
            CountsPerUnit = gain,
            Mask = mask,
            Positions = Positions(arrays),
            Probe = ReadProbe(arrays),
            ObjectShape = ((int)shape[0], (int)shape[1]),
        };
        var dropped = Dropped(arrays);
        if (cleaning is not null)
        {
            var cleaned = raw.Clean(cleaning);
            return cleaned.WithDropped(DroppedFrameRecord.Join(dropped, cleaned.Dropped, first: 0));
        }
        var data = new DiffractionData(raw.Values, count, height, width, unit, gain, mask);
        var pattern = new ScanPattern(raw.Positions);
        return new Measurement(data, pattern, raw.Probe, (int)shape[0], (int)shape[1]) { Dropped = dropped };
    }

    private static IReadOnlyList<DroppedFrame> Dropped(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        const string Reasons = DroppedFrameRecord.ReasonsKey;
        if (!arrays.ContainsKey(DroppedFrameRecord.FramesKey) && !arrays.ContainsKey(Reasons))
            return [];
        var frames = Get(arrays, DroppedFrameRecord.FramesKey, 1).ToDouble();
        var reasons = Get(arrays, Reasons, 1);
        return reasons.ElementType == ElementType.UInt8
            ? DroppedFrameRecord.Parse(frames, Encoding.UTF8.GetString(reasons.Bytes))
            : throw new InvalidDataException($"'{Reasons}' must be bytes (UInt8), not {reasons.ElementType}.");
    }

    private static ScanPosition[] Positions(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        var array = Get(arrays, "positions", 2);
        if (array.Shape[1] != 2)
            throw new InvalidDataException($"'positions' must be [K, 2], (row, column), not [K, {array.Shape[1]}].");
        var values = array.ToDouble();
        return [.. values.Chunk(2).Select(pair => new ScanPosition(pair[0], pair[1]))];
    }

    private static Probe ReadProbe(IReadOnlyDictionary<string, NumericArray> arrays) =>
        arrays.TryGetValue("probe", out var array)
            ? ProbeFile.FromArray(array, "probe")
            : throw Missing("probe", arrays);

    private static NumericArray Get(IReadOnlyDictionary<string, NumericArray> arrays, string key, int axes)
    {
        if (!arrays.TryGetValue(key, out var array))
            throw Missing(key, arrays);
        if (array.Shape.Length != axes)
            throw new InvalidDataException($"'{key}' must have {axes} axes, not {array.Shape.Length}.");
        return array;
    }

    private static double Scalar(NumericArray array)
    {
        var values = array.ToDouble();
        return values.Length == 1
            ? values[0]
            : throw new InvalidDataException($"'counts_per_unit' must be one number, not {values.Length}.");
    }

    private static InvalidDataException Missing(string key, IReadOnlyDictionary<string, NumericArray> arrays) =>
        new(
            $"the key '{key}' is missing. Of the keys of a measurement the file has: {string.Join(", ", arrays.Keys)}."
        );
}
