namespace Ptycho.Solvers.Trust;

/// <summary>Who decided each pixel, the data or the prior, in 0 (the prior) … 1 (the data).</summary>
internal static class DataShare
{
    private const int Radius = 3;

    /// <summary>
    /// d/(d + λ), the weight of the data in a late data step, times 1 − s²/c², where s² is the chains' variance averaged
    /// over 7×7 pixels and c² the variance of an object under the prior alone. The first factor knows the light, the
    /// second what light does not tell: the phase between frames that hardly overlap. One chain has no second factor.
    /// </summary>
    /// <param name="illumination">d = diag(AᴴA), [H, W].</param>
    /// <param name="lambda">λ at a fixed low noise level.</param>
    /// <param name="variance">Σ|f_i − mean|²/(C − 1)/2 of every pixel (per real dimension), or null for one chain.</param>
    /// <param name="priorVariance">c².</param>
    /// <param name="width">W.</param>
    internal static float[] Of(
        ReadOnlySpan<float> illumination,
        double lambda,
        float[]? variance,
        double priorVariance,
        int width
    )
    {
        var share = new float[illumination.Length];
        var smooth = variance is null ? null : Smooth(variance, width);
        for (var i = 0; i < share.Length; i++)
        {
            var light = illumination[i] / (illumination[i] + lambda);
            var agreement = smooth is null ? 1 : 1 - Math.Min(1, smooth[i] / priorVariance);
            share[i] = (float)(light * agreement);
        }
        return share;
    }

    private static double[] Smooth(float[] values, int width)
    {
        var height = values.Length / width;
        var result = new double[values.Length];
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
        {
            var (sum, count) = (0.0, 0);
            for (var y = Math.Max(0, row - Radius); y <= Math.Min(height - 1, row + Radius); y++)
            for (var x = Math.Max(0, column - Radius); x <= Math.Min(width - 1, column + Radius); x++)
            {
                sum += values[y * width + x];
                count++;
            }
            result[row * width + column] = sum / count;
        }
        return result;
    }
}
