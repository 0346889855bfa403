namespace Ptycho.Solvers.Trust;

/// <summary>
/// V(μ) = E(√n − √μ)² of Poisson counts n of mean μ: ¼ where there are many counts, 2μ where there are few. A χ² that took
/// ¼ everywhere would be far below 1 on any detector with dark pixels, and would hide a misfit in the bright ones.
/// </summary>
internal static class CountingVariance
{
    /// <summary>Beyond this √μ the asymptotic series is exact to 1e-5.</summary>
    private const double LargestRoot = 6;
    private const int PerUnit = 64;
    private static readonly double[] s_table = Tabulate();

    /// <summary>V(μ).</summary>
    internal static double Of(double mean) => OfRoot(Math.Sqrt(mean));

    /// <summary>V of √μ.</summary>
    internal static double OfRoot(double root)
    {
        if (!(root > 0))
            return 0;
        if (root >= LargestRoot)
        {
            var inverse = 1 / (root * root);
            return 0.25 + inverse * (7.0 / 64 + 75.0 / 512 * inverse);
        }
        var place = root * PerUnit;
        var below = (int)place;
        return s_table[below] + (place - below) * (s_table[below + 1] - s_table[below]);
    }

    /// <summary>The sum over n, at even steps of √μ.</summary>
    private static double[] Tabulate()
    {
        var table = new double[(int)(LargestRoot * PerUnit) + 2];
        for (var i = 1; i < table.Length; i++)
        {
            var root = (double)i / PerUnit;
            var mean = root * root;
            var probability = Math.Exp(-mean);
            var last = (int)(mean + 12 * root + 20);
            for (var n = 0; n <= last; n++)
            {
                table[i] += probability * Math.Pow(Math.Sqrt(n) - root, 2);
                probability *= mean / (n + 1);
            }
        }
        return table;
    }
}
