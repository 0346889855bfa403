using System.Globalization;
using Ptycho.IO;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>A computation gave NaN or infinity, or diverged, so that going on would be meaningless.</summary>
public sealed class NumericalFailureException : Exception
{
    private NumericalFailureException(int iteration, string term, string message, ComplexField? lastObject)
        : base(
            message
                + " Smaller steps (or a larger α in rPIE) may help."
                + (lastObject is null ? "" : " The last good object is kept in LastObject.")
        )
    {
        Iteration = iteration;
        Term = term;
        LastObject = lastObject;
    }

    /// <summary>Says where it happened in a diffusion solver.</summary>
    /// <param name="iteration">The step, from 1.</param>
    /// <param name="term">What was not finite.</param>
    /// <param name="level">The noise level of the step.</param>
    /// <param name="lastObject">The estimate after the step before, if there was one.</param>
    public NumericalFailureException(int iteration, string term, int level, ComplexField? lastObject)
        : base(
            $"In step {iteration}, at noise level {level}, the {term} became NaN, infinite or far too large. "
                + (
                    lastObject is null
                        ? "There is no earlier object: look at the prior and its precision."
                        : "The object of the step before is kept in LastObject."
                )
        )
    {
        Iteration = iteration;
        Term = term;
        Level = level;
        LastObject = lastObject;
    }

    /// <summary>NaN or infinity in a classical solver.</summary>
    /// <param name="iteration">The iteration, from 1.</param>
    /// <param name="term">What was not finite, such as "residual" or "object".</param>
    /// <param name="lastObject">The last good estimate, if there was one.</param>
    internal static NumericalFailureException NotFinite(int iteration, string term, ComplexField? lastObject) =>
        new(iteration, term, $"In iteration {iteration} the {term} became NaN or infinite.", lastObject);

    /// <summary>A residual that grows without bound.</summary>
    internal static NumericalFailureException Diverged(
        int iteration,
        double from,
        double to,
        ComplexField? lastObject
    ) =>
        new(
            iteration,
            "residual",
            string.Create(
                CultureInfo.InvariantCulture,
                $"In iteration {iteration} the residual has risen from {from:G3} to {to:G3}: it diverges."
            ),
            lastObject
        );

    /// <summary>The iteration, from 1.</summary>
    public int Iteration { get; }

    /// <summary>What was not finite.</summary>
    public string Term { get; }

    /// <summary>The noise level of a diffusion solver, or null.</summary>
    public int? Level { get; }

    /// <summary>The last estimate that was finite, where the solver keeps one; null if there was none.</summary>
    public ComplexField? LastObject { get; }
}
