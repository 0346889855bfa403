using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>The steps that the readers share. Errors have no file name yet; <see cref="Guard"/> adds it.</summary>
internal static class MeasurementAssembly
{
    /// <summary>Frames are read in blocks of about this many bytes.</summary>
    private const long BlockBytes = 32 << 20;

    /// <summary>Names the file in every error about content.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InvalidDataException)
        {
            if (e is ObjectDisposedException || e.Message.Contains(path, StringComparison.Ordinal))
                throw;
            throw new InvalidDataException($"'{path}': {e.Message}", e);
        }
    }

    /// <summary>The range of frames that the options ask for.</summary>
    public static (int First, int Count) Range(long frames, ImportOptions options)
    {
        var count = options.FrameCount ?? frames - options.FirstFrame;
        if (count < 1 || options.FirstFrame + count > frames)
            throw new InvalidDataException(
                $"frames {options.FirstFrame}…{options.FirstFrame + Math.Max(count, 1) - 1} are asked for, "
                    + $"but the file has {frames} frames."
            );
        if (count > int.MaxValue)
            throw new InvalidDataException($"{count} frames are more than can be read at once; set FrameCount.");
        return (options.FirstFrame, (int)count);
    }

    /// <summary>Reads frames block by block, each already where it belongs.</summary>
    /// <param name="read">Gives frames first…first+count−1 as [count, h, w].</param>
    /// <param name="frames">How a stored frame becomes an imported one.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="count">How many frames.</param>
    /// <param name="weights">Whether they are weights of pixels, not intensities.</param>
    public static float[] ReadFrames(
        Func<int, int, NumericArray> read,
        FrameImport frames,
        int first,
        int count,
        bool weights = false
    )
    {
        var storedPixels = frames.StoredPixels;
        var size = (long)frames.Height * frames.Width;
        if (size * count > Array.MaxLength)
            throw new InvalidDataException(
                $"{count} frames of {frames.Height}×{frames.Width} do not fit one array; set FrameCount or Crop."
            );
        var values = new float[size * count];
        var block = (int)Math.Clamp(BlockBytes / (4L * storedPixels), 1, count);
        for (var done = 0; done < count; done += block)
        {
            var part = Math.Min(block, count - done);
            var stored = read(first + done, part).ToSingle();
            for (var k = 0; k < part; k++)
            {
                var from = stored.AsSpan(k * storedPixels, storedPixels);
                var to = values.AsSpan((int)((done + k) * size), (int)size);
                if (weights)
                    frames.ApplyWeights(from, to);
                else
                    frames.Apply(from, to);
            }
        }
        return values;
    }

    /// <summary>Positions in pixels of the whole frame's object as pixels of a cropped one's, which are larger.</summary>
    public static IEnumerable<ScanPosition> Rescaled(
        IEnumerable<ScanPosition> positions,
        FrameImport frames,
        List<string> notes
    )
    {
        var rows = (double)frames.KeptShape.Height / frames.StoredShape.Height;
        var columns = (double)frames.KeptShape.Width / frames.StoredShape.Width;
        if ((rows, columns) == (1, 1))
            return positions;
        notes.Add(
            FormattableString.Invariant(
                $"Positions, pixels of the object as whole frames give it, were multiplied by ({rows:g6}, {columns:g6}): cropped frames give larger pixels."
            )
        );
        return positions.Select(p => new ScanPosition(rows * p.Row, columns * p.Column));
    }

    /// <summary>Swaps and flips positions as the options say.</summary>
    public static ScanPosition[] Orient(IEnumerable<ScanPosition> positions, ImportOptions options, List<string> notes)
    {
        if (options.SwapPositions)
            notes.Add("Rows and columns of the positions were exchanged.");
        if (options.FlipPositionRows || options.FlipPositionColumns)
            notes.Add(
                $"Positions were negated: rows {options.FlipPositionRows}, columns {options.FlipPositionColumns}."
            );
        var (rowSign, columnSign) = (options.FlipPositionRows ? -1 : 1, options.FlipPositionColumns ? -1 : 1);
        return
        [
            .. positions.Select(p =>
                options.SwapPositions
                    ? new ScanPosition(rowSign * p.Column, columnSign * p.Row)
                    : new ScanPosition(rowSign * p.Row, columnSign * p.Column)
            ),
        ];
    }

    /// <summary>Moves positions to the smallest object that holds all windows.</summary>
    public static ImportedMeasurement Fit(
        RawMeasurement raw,
        FrameImport frames,
        ExperimentGeometry? geometry,
        ImportOptions options,
        List<string> notes
    )
    {
        RawMeasurement.CheckLengths(raw);
        var screen = Screen(raw, options, notes);
        var data = Data(raw, screen);
        var pattern = new ScanPattern(screen?.Positions ?? raw.Positions);
        var (fitted, height, width) = pattern.FitObject(data.Height, data.Width, options.Margin);
        var origin = new ScanPosition(
            Math.Floor(pattern.Min(p => p.Row)) - options.Margin,
            Math.Floor(pattern.Min(p => p.Column)) - options.Margin
        );
        notes.Add(
            FormattableString.Invariant(
                $"Positions were moved by whole pixels, ({0 - origin.Row}, {0 - origin.Column}), to fit the object."
            )
        );
        var measurement = new Measurement(data, fitted, raw.Probe, height, width) { Dropped = screen?.Dropped ?? [] };
        return new ImportedMeasurement(measurement, geometry, origin, notes)
        {
            StoredLightCentre = LightCentre.FindPixel(data) is { } pixel
                ? frames.Stored(pixel.Row, pixel.Column)
                : null,
        };
    }

    /// <summary>What the options have done with bad pixels and frames, or null if nothing is to be done.</summary>
    public static FrameScreen? Screen(RawMeasurement raw, ImportOptions options, List<string> notes)
    {
        if (options.Cleaning is not { } cleaning)
            return null;
        var screen = FrameScreen.Apply(raw, cleaning);
        var masked = Masked(screen.Mask) - Masked(raw.Mask);
        if (masked > 0)
            notes.Add($"{masked} pixels that are bad in many frames were masked out.");
        foreach (var (frame, reason) in screen.Dropped)
            notes.Add($"Frame {frame} of those read was dropped: {reason}.");
        return screen;

        static int Masked(DetectorMask? mask) => mask?.PixelWeights.Count(weight => weight == 0) ?? 0;
    }

    /// <summary>The frames that stay, checked.</summary>
    public static DiffractionData Data(RawMeasurement raw, FrameScreen? screen) =>
        new(
            screen?.Values ?? raw.Values,
            screen?.Kept.Length ?? raw.FrameCount,
            raw.Height,
            raw.Width,
            raw.Unit,
            raw.CountsPerUnit,
            screen is null ? raw.Mask : screen.Mask
        );

    /// <summary>
    /// Stands in for a probe that is made of the frames once they are checked; refuses where that is not wanted.
    /// </summary>
    public static Probe Placeholder(ImportOptions options, int height, int width, string missing) =>
        options.ProbeFromFrames
            ? Probe.FromField(ComplexField.Constant(height, width, 1))
            : throw new InvalidDataException(
                $"{missing}; give one ({nameof(ImportOptions)}.{nameof(ImportOptions.Probe)}), or have a start made of the "
                    + $"frames ({nameof(ImportOptions.ProbeFromFrames)})."
            );

    /// <summary>What was read with a probe of its frames in place of the stand-in.</summary>
    public static ImportedMeasurement WithProbeOfFrames(ImportedMeasurement read) =>
        read with
        {
            Measurement = read.Measurement.WithProbe(FarFieldProbe.Create(read.Measurement.Data)),
            IsProbeFromFrames = true,
            Notes = [.. read.Notes, "There is no probe; one was made of the mean of the frames, in focus."],
        };

    /// <summary>A probe from complex [h, w], [M, h, w], or more axes in front.</summary>
    public static Probe ToProbe(NumericArray array, string key)
    {
        if (array.Shape.Length < 2 || array.Length == 0)
            throw new InvalidDataException($"'{key}' must be [h, w] or [modes, h, w], not {array}.");
        var (height, width) = (array.Shape[^2], array.Shape[^1]);
        var values = MemoryMarshal.Cast<float, (float Re, float Im)>(array.ToInterleavedSingle()).ToArray();
        return Probe.FromModes(
            values
                .Chunk(height * width)
                .Select(mode => new ComplexField(
                    height,
                    width,
                    [.. mode.Select(z => z.Re)],
                    [.. mode.Select(z => z.Im)]
                ))
        );
    }

    /// <summary>The unit of data without a label: whole numbers are counts, of whatever type they are.</summary>
    public static DiffractionUnit GuessUnit(
        ElementType type,
        ReadOnlySpan<float> values,
        ImportOptions options,
        List<string> notes
    )
    {
        if (options.Unit is { } given)
            return given;
        var real = type is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64;
        var unit = real && !AreWhole(values) ? DiffractionUnit.Intensity : DiffractionUnit.Counts;
        var why = real && unit == DiffractionUnit.Counts ? ", for all are whole numbers" : "";
        notes.Add($"The data are {type} without a unit, so they were taken as {unit}{why}.");
        return unit;
    }

    // Values that are not finite, or negative, are bad pixels and say nothing.
    private static bool AreWhole(ReadOnlySpan<float> values)
    {
        var most = 0f;
        foreach (var value in values)
        {
            if (!(value >= 0 && float.IsFinite(value)))
                continue;
            if (MathF.Floor(value) != value)
                return false;
            most = Math.Max(most, value);
        }
        return most > 1;
    }
}
