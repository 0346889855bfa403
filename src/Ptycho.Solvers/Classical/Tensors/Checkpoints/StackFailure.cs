using System.Collections.Immutable;
using Ptycho.IO;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>Why an object of a stack has no result, so that it can be written down.</summary>
/// <param name="Iteration">The iteration, from 1.</param>
/// <param name="Term">What was not finite; <see cref="Residual"/> where the residual rose.</param>
/// <param name="From">The smallest residual before, or 0 where it was not finite.</param>
/// <param name="To">The residual.</param>
/// <param name="LastObject">The last good object.</param>
internal sealed record StackFailure(int Iteration, string Term, double From, double To, ComplexField? LastObject)
{
    internal const string Residual = "residual";
    internal const string Object = "object";
    internal const string Probe = "probe";

    /// <summary>The terms, in the order of their numbers in checkpoints.</summary>
    internal static ImmutableArray<string> Terms { get; } = [Residual, Object, Probe];

    internal static StackFailure NotFinite(int iteration, string term, ComplexField? last) =>
        new(iteration, term, 0, 0, last);

    internal NumericalFailureException ToException() =>
        To > 0
            ? NumericalFailureException.Diverged(Iteration, From, To, LastObject)
            : NumericalFailureException.NotFinite(Iteration, Term, LastObject);
}
