using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ptycho.Physics.Measurements;

/// <summary>How files keep the frames that a measurement lacks: their indices, and the reasons as a JSON list of texts.</summary>
internal static class DroppedFrameRecord
{
    public const string FramesKey = "dropped_frames";
    public const string ReasonsKey = "dropped_reasons";

    private static readonly JsonSerializerOptions s_json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static long[] Frames(IReadOnlyList<DroppedFrame> dropped) => [.. dropped.Select(d => (long)d.Frame)];

    public static string Reasons(IReadOnlyList<DroppedFrame> dropped) =>
        JsonSerializer.Serialize(dropped.Select(d => d.Reason), s_json);

    /// <exception cref="InvalidDataException">An index is none, or there are not as many reasons; the key is named.</exception>
    public static IReadOnlyList<DroppedFrame> Parse(double[] frames, string reasons)
    {
        foreach (var frame in frames)
            if (!(frame >= 0 && frame < int.MaxValue && Math.Floor(frame) == frame))
                throw new InvalidDataException(
                    FormattableString.Invariant($"'{FramesKey}' must be whole numbers, at least 0, not {frame}.")
                );
        string?[] texts;
        try
        {
            texts = JsonSerializer.Deserialize<string?[]>(reasons) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{ReasonsKey}' is not a JSON list of texts: {e.Message}", e);
        }
        if (texts.Length != frames.Length || texts.Contains(null))
            throw new InvalidDataException(
                $"'{ReasonsKey}' must have one text for each of the {frames.Length} numbers of '{FramesKey}', "
                    + $"not {texts.Count(text => text is not null)}."
            );
        return [.. frames.Zip(texts, (frame, text) => new DroppedFrame((int)frame, text!))];
    }

    /// <summary>Frames dropped before and those dropped now, all counted as they were first given.</summary>
    /// <param name="before">What the file says.</param>
    /// <param name="now">Dropped on reading, counted from the first frame that was read.</param>
    /// <param name="first">That frame, among those of the file.</param>
    public static IReadOnlyList<DroppedFrame> Join(
        IReadOnlyList<DroppedFrame> before,
        IReadOnlyList<DroppedFrame> now,
        int first
    )
    {
        if (before.Count == 0 || now.Count == 0)
            return before.Count == 0 ? now : before;
        var gone = before.Select(d => d.Frame).Order().ToArray();
        return [.. before.Concat(now.Select(d => d with { Frame = Original(d.Frame + first) })).OrderBy(d => d.Frame)];

        int Original(int kept)
        {
            foreach (var frame in gone)
                if (frame <= kept)
                    kept++;
            return kept;
        }
    }
}
