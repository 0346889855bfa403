using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>What the options say about bad pixels, on top of a file's own mask.</summary>
internal static class ImportedMask
{
    /// <summary>Puts the weights of the imported pixels together; negative values are clipped where that is asked for.</summary>
    /// <param name="weights">The file's own, or null; not changed.</param>
    /// <param name="values">The imported frames.</param>
    /// <param name="frames">How they were imported.</param>
    /// <param name="options">What is to be done.</param>
    /// <param name="notes">Gets a sentence for everything that was found.</param>
    /// <exception cref="InvalidDataException">The bad pixels have another shape.</exception>
    public static float[]? Complete(
        float[]? weights,
        float[] values,
        FrameImport frames,
        ImportOptions options,
        List<string> notes
    )
    {
        var size = frames.Height * frames.Width;
        if (options.BadPixels is { } bad)
            weights = Join(weights, Given(bad, frames, notes));
        if (options.ClipNegative)
            weights = Join(weights, Clip(weights, values, size, notes));
        if (options.MaskAbove is { } limit)
            weights = Without(
                weights,
                values,
                size,
                float.IsNaN,
                FormattableString.Invariant($"that reach {limit:g9} in some frame (or are NaN)"),
                notes
            );
        if (options.MaskInvalid)
            weights = Without(
                weights,
                values,
                size,
                value => !(value >= 0 && float.IsFinite(value)),
                "that are negative or not finite in some frame",
                notes
            );
        return weights;
    }

    private static float[] Given(bool[] bad, FrameImport frames, List<string> notes)
    {
        if (bad.Length != frames.StoredPixels)
            throw new InvalidDataException(
                $"{nameof(ImportOptions.BadPixels)} are {bad.Length}, but a stored frame has "
                    + $"{frames.StoredShape.Height}×{frames.StoredShape.Width} pixels."
            );
        var result = new float[frames.Height * frames.Width];
        frames.ApplyWeights([.. bad.Select(isBad => isBad ? 0f : 1f)], result);
        notes.Add($"{result.Count(weight => weight == 0)} pixels were masked out as the options say.");
        return result;
    }

    private static float[]? Clip(float[]? weights, float[] values, int size, List<string> notes)
    {
        var (negative, frames, clipped) = (new int[size], values.Length / Math.Max(1, size), 0L);
        for (var i = 0; i < values.Length; i++)
            if (values[i] < 0 && (weights is null || weights[i % size] > 0))
                negative[i % size]++;
        float[]? gaps = null;
        for (var pixel = 0; pixel < size; pixel++)
            if (negative[pixel] == frames && frames > 0)
                (gaps ??= [.. Enumerable.Repeat(1f, size)])[pixel] = 0;
        for (var i = 0; i < values.Length; i++)
            if (values[i] < 0 && gaps?[i % size] != 0)
            {
                values[i] = 0;
                clipped++;
            }
        if (clipped > 0)
            notes.Add($"{clipped} negative values were set to 0.");
        if (gaps is not null)
            notes.Add($"{gaps.Count(weight => weight == 0)} pixels that are negative in every frame were masked out.");
        return gaps;
    }

    private static float[]? Without(
        float[]? weights,
        float[] values,
        int size,
        Func<float, bool> isBad,
        string what,
        List<string> notes
    )
    {
        var bad = new HashSet<int>();
        for (var i = 0; i < values.Length; i++)
            if (isBad(values[i]) && (weights is null || weights[i % size] > 0))
                bad.Add(i % size);
        if (bad.Count == 0)
            return weights;
        notes.Add($"{bad.Count} pixels {what} were masked out.");
        return Join(weights, [.. Enumerable.Range(0, size).Select(pixel => bad.Contains(pixel) ? 0f : 1f)]);
    }

    private static float[]? Join(float[]? one, float[]? other) =>
        one is null || other is null ? one ?? other : [.. one.Zip(other, Math.Min)];
}
