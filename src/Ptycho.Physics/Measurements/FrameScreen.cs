using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Measurements;

/// <summary>Masks bad pixels and drops bad frames as <see cref="CleaningOptions"/> say; arrays are copied where they change.</summary>
internal sealed class FrameScreen
{
    private const int NamedFrames = 5;

    private FrameScreen(RawMeasurement raw, int[] kept, IReadOnlyList<DroppedFrame> dropped, float[]? pixelWeights)
    {
        Kept = kept;
        Dropped = dropped;
        var size = raw.Height * raw.Width;
        var whole = kept.Length == raw.FrameCount;
        Values = whole ? raw.Values : new float[(long)kept.Length * size];
        for (var i = 0; i < kept.Length && !whole; i++)
            raw.Values.AsSpan(kept[i] * size, size).CopyTo(Values.AsSpan(i * size));
        Positions = [.. kept.Select(k => raw.Positions[k])];
        var frames = raw.Mask?.FrameWeights is { } given ? kept.Select(k => given[k]).ToArray() : null;
        if (pixelWeights is not null || frames is not null)
            Mask = new DetectorMask(pixelWeights ?? raw.Mask!.PixelWeights.AsSpan(), frames);
        else
            Mask = raw.Mask;
    }

    /// <summary>Indices of the frames that stay.</summary>
    public int[] Kept { get; }

    public IReadOnlyList<DroppedFrame> Dropped { get; }

    public float[] Values { get; }

    public ScanPosition[] Positions { get; }

    public DetectorMask? Mask { get; }

    /// <exception cref="ArgumentException">Too many frames would be dropped; the first are named.</exception>
    public static FrameScreen Apply(RawMeasurement raw, CleaningOptions options)
    {
        var (weights, badInFrame) = ScreenPixels(raw, options);
        var seen = new HashSet<ScanPosition>();
        var kept = new List<int>();
        var dropped = new List<DroppedFrame>();
        var outlying = OutlyingScan.Find(raw.Positions, raw.Height, raw.Width, fitted: raw.ObjectShape is null);
        for (var k = 0; k < raw.FrameCount; k++)
        {
            var reason =
                PositionProblem(raw, k, outlying)
                ?? badInFrame[k]
                ?? (options.DropEmpty && IsEmpty(raw, k, weights) ? "it holds no light" : null)
                ?? (
                    options.DropDuplicates && !seen.Add(raw.Positions[k])
                        ? "it lies exactly where an earlier frame does"
                        : null
                );
            if (reason is null)
                kept.Add(k);
            else
                dropped.Add(new DroppedFrame(k, reason));
        }
        if (kept.Count == 0 || dropped.Count > options.LargestDroppedShare * raw.FrameCount)
            throw new ArgumentException(
                $"{dropped.Count} of {raw.FrameCount} frames are bad, more than LargestDroppedShare "
                    + $"({options.LargestDroppedShare}) allows: "
                    + string.Join("; ", dropped.Take(NamedFrames).Select(d => $"frame {d.Frame}: {d.Reason}"))
                    + (dropped.Count > NamedFrames ? "; …" : "."),
                nameof(options)
            );
        return new FrameScreen(raw, [.. kept], dropped, weights);
    }

    /// <summary>The new pixel weights, or null if none changed; and what is wrong with the pixels of each frame.</summary>
    private static (float[]? Weights, string?[] Frames) ScreenPixels(RawMeasurement raw, CleaningOptions options)
    {
        var size = raw.Height * raw.Width;
        var bad = new int[size];
        var measured = 0;
        for (var k = 0; k < raw.FrameCount; k++)
        {
            if (raw.Mask?.FrameWeight(k) == 0)
                continue;
            measured++;
            for (var i = 0; i < size; i++)
                if (Problem(raw, options, k, i) is not null)
                    bad[i]++;
        }

        float[]? weights = null;
        for (var i = 0; i < size; i++)
            if (bad[i] > options.MaskedPixelShare * measured)
            {
                weights ??= raw.Mask?.PixelWeights.ToArray() ?? [.. Enumerable.Repeat(1f, size)];
                weights[i] = 0;
            }

        var frames = new string?[raw.FrameCount];
        for (var k = 0; k < raw.FrameCount; k++)
        {
            if (raw.Mask?.FrameWeight(k) == 0)
                continue;
            var (count, first) = (0, -1);
            for (var i = 0; i < size; i++)
                if (weights?[i] != 0 && Problem(raw, options, k, i) is not null)
                    (count, first) = (count + 1, first < 0 ? i : first);
            if (count > 0)
                frames[k] =
                    $"{count} of its pixels are bad, the first at row {first / raw.Width}, column {first % raw.Width} "
                    + $"({Problem(raw, options, k, first)})";
        }
        return (weights, frames);
    }

    private static string? Problem(RawMeasurement raw, CleaningOptions options, int frame, int pixel)
    {
        if (raw.Mask?.PixelWeights[pixel] == 0)
            return null;
        var value = raw.Values[(long)frame * raw.Height * raw.Width + pixel];
        return (value >= 0 && value < BadValues.Mark ? null : BadValues.Problem(value, raw.Unit))
            ?? (value >= options.Saturation ? FormattableString.Invariant($"{value}, saturated") : null);
    }

    private static string? PositionProblem(RawMeasurement raw, int frame, OutlyingScan outlying)
    {
        var position = raw.Positions[frame];
        if (!double.IsFinite(position.Row) || !double.IsFinite(position.Column))
            return $"its position is (row {position.Row}, column {position.Column})";
        if (
            raw.ObjectShape is { } shape
            && !WindowCheck.IsInside(position, raw.Height, raw.Width, shape.Height, shape.Width)
        )
            return $"its window at (row {position.Row}, column {position.Column}) lies outside the object";
        return outlying.Contains(position)
            ? $"its position (row {position.Row}, column {position.Column}) is far from all others"
            : null;
    }

    private static bool IsEmpty(RawMeasurement raw, int frame, float[]? weights)
    {
        var size = raw.Height * raw.Width;
        for (var i = 0; i < size; i++)
            if ((weights?[i] ?? raw.Mask?.PixelWeights[i] ?? 1) > 0 && raw.Values[(long)frame * size + i] > 0)
                return false;
        return true;
    }
}
