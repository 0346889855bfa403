using System.Diagnostics.CodeAnalysis;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Batches;

/// <summary>What became of one object of a batch: a result, or a number that was not finite.</summary>
/// <param name="Index">The object's place in the list of measurements.</param>
/// <param name="Result">What was found; null after a failure. Its compute time includes the waits for the others.</param>
/// <param name="Failure">Why there is no result; null otherwise.</param>
public sealed record BatchOutcome(int Index, ReconstructionResult? Result, NumericalFailureException? Failure)
{
    /// <summary>Whether there is a result.</summary>
    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Result is not null;
}
