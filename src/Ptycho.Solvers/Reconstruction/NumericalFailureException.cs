namespace Ptycho.Solvers.Reconstruction;

/// <summary>A computation gave NaN or infinity, so that going on would be meaningless.</summary>
public sealed class NumericalFailureException : Exception
{
    /// <summary>Says where it happened.</summary>
    /// <param name="iteration">The iteration, from 1.</param>
    /// <param name="term">What was not finite, such as "residual" or "object".</param>
    public NumericalFailureException(int iteration, string term)
        : base(
            $"In iteration {iteration} the {term} became NaN or infinite. Smaller steps (or a larger α in rPIE) may help."
        )
    {
        Iteration = iteration;
        Term = term;
    }

    /// <summary>The iteration, from 1.</summary>
    public int Iteration { get; }

    /// <summary>What was not finite.</summary>
    public string Term { get; }
}
