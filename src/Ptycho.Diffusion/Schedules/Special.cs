namespace Ptycho.Diffusion.Schedules;

/// <summary>Elementary functions that keep their precision near 0.</summary>
internal static class Special
{
    /// <summary>e^x − 1 (Kahan's quotient).</summary>
    public static double ExpM1(double x)
    {
        var y = Math.Exp(x);
        if (y == 1)
            return x;
        return double.IsInfinity(y) || y - 1 == -1 ? y - 1 : (y - 1) * x / Math.Log(y);
    }

    /// <summary>log(1 + x), for x ≥ 0.</summary>
    public static double Log1P(double x)
    {
        var y = 1 + x;
        return y == 1 ? x : Math.Log(y) * x / (y - 1);
    }
}
