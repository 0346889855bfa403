namespace Ptycho.Diffusion.Priors;

/// <summary>Where windows lie along one axis of a field, and with what weights, whose sum over the windows is 1.</summary>
internal sealed class WindowAxis
{
    /// <param name="length">Pixels of the field, at least the window's.</param>
    /// <param name="window">Pixels of a window.</param>
    /// <param name="overlap">Pixels that unshifted neighbours share, at least.</param>
    /// <param name="shift">The place of the inner windows, −1…1, in units of half the overlap.</param>
    public WindowAxis(int length, int window, int overlap, double shift)
    {
        var count = length == window ? 1 : (length - window + window - overlap - 1) / (window - overlap) + 1;
        var moved = (int)Math.Round(shift * (overlap / 2));
        Starts = new int[count];
        for (var i = 1; i < count; i++)
        {
            var even = (int)((long)i * (length - window) / (count - 1));
            Starts[i] = i == count - 1 ? length - window : Math.Clamp(even + moved, 0, length - window);
        }
        Weights = Blend(length, window, overlap);
    }

    /// <summary>The first pixel of each window, not falling.</summary>
    public int[] Starts { get; }

    /// <summary>The weights of each window.</summary>
    public float[][] Weights { get; }

    private float[][] Blend(int length, int window, int overlap)
    {
        var raw = new double[Starts.Length][];
        var total = new double[length];
        for (var i = 0; i < raw.Length; i++)
        {
            raw[i] = new double[window];
            for (var at = 0; at < window; at++)
            {
                var weight = 1.0;
                if (i > 0)
                    weight *= Rise(at, overlap);
                if (i < raw.Length - 1)
                    weight *= Rise(window - 1 - at, overlap);
                raw[i][at] = weight;
                total[Starts[i] + at] += weight;
            }
        }
        var weights = new float[raw.Length][];
        for (var i = 0; i < raw.Length; i++)
            weights[i] = [.. raw[i].Select((weight, at) => (float)(weight / total[Starts[i] + at]))];
        return weights;
    }

    /// <summary>Half a raised cosine, from nearly 0 to 1; never 0, so that the sum never is.</summary>
    private static double Rise(int at, int length)
    {
        if (at >= length)
            return 1;
        var sine = Math.Sin(Math.PI * (at + 0.5) / (2 * length));
        return sine * sine;
    }
}
