namespace Ptycho.Diffusion.Data;

/// <summary>
/// Turns samples into cubic B-spline coefficients in place, so that the spline passes through the samples (Unser, IEEE
/// Signal Processing Magazine 16(6), 22, 1999): a causal and an anticausal recursion with the pole √3 − 2, under mirror
/// boundaries (x₋ᵢ = xᵢ).
/// </summary>
internal static class CubicSplineFilter
{
    private static readonly double Pole = Math.Sqrt(3) - 2;

    /// <summary>Filters the rows and then the columns of a row-major H×W plane.</summary>
    public static void Apply(double[] plane, int height, int width)
    {
        for (var row = 0; row < height; row++)
            ApplyLine(plane, row * width, 1, width);
        for (var column = 0; column < width; column++)
            ApplyLine(plane, column, width, height);
    }

    private static void ApplyLine(double[] c, int start, int stride, int count)
    {
        if (count == 1)
            return;
        var last = start + (count - 1) * stride;
        for (var i = start; i <= last; i += stride)
            c[i] *= 6;

        c[start] = FirstCausal(c, start, stride, count);
        for (var i = start + stride; i <= last; i += stride)
            c[i] += Pole * c[i - stride];
        c[last] = Pole / (Pole * Pole - 1) * (Pole * c[last - stride] + c[last]);
        for (var i = last - stride; i >= start; i -= stride)
            c[i] = Pole * (c[i + stride] - c[i]);
    }

    /// <summary>Σ_k z^k x_k over the whole mirrored, (2n − 2)-periodic line, in closed form.</summary>
    private static double FirstCausal(double[] c, int start, int stride, int count)
    {
        var period = 2 * count - 2;
        var sum = c[start] + Math.Pow(Pole, count - 1) * c[start + (count - 1) * stride];
        var forward = Pole;
        for (var i = 1; i < count - 1; i++, forward *= Pole)
            sum += (forward + Math.Pow(Pole, period - i)) * c[start + i * stride];
        return sum / (1 - Math.Pow(Pole, period));
    }
}
