namespace Ptycho.Solvers.Posterior;

/// <summary>
/// How many majorise–minimise steps a data step needs. Scaled by d + λ + 8κ its energy is convex by at least
/// q = λ/(max d + λ + 8κ): the number of steps goes with 1/√q, a few hundred at the first levels, where the prior holds
/// weakly, and a dozen at the last.
/// </summary>
internal static class DataStepLength
{
    // Six validation crops at 20 and 38 %: √2 and 2 give the same error, 1 a larger one (docs/method.md).
    private const double Folds = 1.4142135623730951;
    private const int Fewest = 10;

    /// <param name="limit">The most steps.</param>
    /// <param name="pull">λ and κ of the level.</param>
    /// <param name="largestCurvature">max d; infinity where every step is wanted.</param>
    /// <param name="momentum">Plain descent is slower than the rule knows: it always takes the most steps.</param>
    internal static int Of(int limit, PriorPull pull, double largestCurvature, bool momentum)
    {
        if (!momentum)
            return limit;
        var bound = largestCurvature + pull.Lambda + GridLaplacian.LargestEigenvalue * pull.Roughness;
        var steps = Folds * Math.Sqrt(bound / pull.Lambda);
        return steps < limit ? Math.Min(limit, Math.Max(Fewest, (int)Math.Ceiling(steps))) : limit;
    }
}
