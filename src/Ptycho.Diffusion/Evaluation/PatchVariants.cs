using Ptycho.Diffusion.Data;

namespace Ptycho.Diffusion.Evaluation;

/// <summary>The middle of an image turned, magnified and mirrored in all ways that a search tries.</summary>
internal static class PatchVariants
{
    /// <summary>Reduced patches [V, C, side, side], each channel without its mean.</summary>
    public static float[] Of(ReadOnlySpan<float> image, int channels, int height, int width, PatchSearchOptions options)
    {
        var side = options.PatchSize / options.Reduction;
        var grids = Grids(height, width, options);
        var result = new float[grids.Count * channels * side * side];
        for (var v = 0; v < grids.Count; v++)
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = image.Slice(channel * height * width, height * width);
            var target = result.AsSpan((v * channels + channel) * side * side, side * side);
            Sample(plane, width, grids[v], options, target);
            RemoveMean(target);
        }
        return result;
    }

    private static List<SamplingGrid> Grids(int height, int width, PatchSearchOptions options)
    {
        double[] steps = options.ScaleStep > 1 ? [1, options.ScaleStep, 1 / options.ScaleStep] : [1];
        bool[] mirrors = options.Mirror ? [false, true] : [false];
        var grids = new List<SamplingGrid>();
        foreach (var step in steps)
        foreach (var mirror in mirrors)
            for (var k = 0; k < options.Angles; k++)
            {
                var angle = 2 * Math.PI * k / options.Angles;
                grids.Add(
                    SamplingGrid.Square((height - 1) / 2.0, (width - 1) / 2.0, options.PatchSize, angle, step, mirror)
                );
            }
        return grids;
    }

    private static void Sample(
        ReadOnlySpan<float> plane,
        int width,
        SamplingGrid grid,
        PatchSearchOptions options,
        Span<float> target
    )
    {
        var side = options.PatchSize / options.Reduction;
        var share = 1f / (options.Reduction * options.Reduction);
        for (var i = 0; i < options.PatchSize; i++)
        for (var j = 0; j < options.PatchSize; j++)
        {
            var (row, column) = grid.At(i, j);
            var (r, c) = ((int)row, (int)column);
            var (v, u) = ((float)(row - r), (float)(column - c));
            var corner = r * width + c;
            // On a grid line the next pixel has weight 0 and may lie outside.
            var right = u > 0 ? 1 : 0;
            var below = v > 0 ? width : 0;
            var top = plane[corner] * (1 - u) + plane[corner + right] * u;
            var bottom = plane[corner + below] * (1 - u) + plane[corner + below + right] * u;
            target[i / options.Reduction * side + j / options.Reduction] += share * (top * (1 - v) + bottom * v);
        }
    }

    private static void RemoveMean(Span<float> values)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value;
        mean /= values.Length;
        foreach (ref var value in values)
            value -= (float)mean;
    }
}
