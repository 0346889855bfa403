using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Batches;

/// <summary>
/// Reconstructs many measurements at once, faster than one after the other, within the memory that
/// <see cref="BatchOptions"/> allow. <see cref="BatchReconstruction"/> does so for any solver on the processors and for
/// solvers with one prior; the classical solvers over tensors do so by themselves.
/// </summary>
public interface IBatchReconstructionSolver
{
    /// <summary>
    /// Reconstructs; each result is the one that its solver's <see cref="IReconstructionSolver.Solve"/> gives for that
    /// measurement alone, to the same bits or (where tensors of several objects share a call) to rounding. Only its compute
    /// time is that of all that were in work with it.
    /// </summary>
    /// <param name="measurements">Any number, none included; sizes may differ.</param>
    /// <param name="progress">Told on the calling thread after each iteration of each object and at its end.</param>
    /// <param name="cancellationToken">Stops all objects between their iterations.</param>
    /// <returns>
    /// One outcome for each measurement, in their order. A number that is not finite ends its object alone.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A measurement is null, or it and the solver do not fit together; its index is named.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<BatchOutcome> SolveMany(
        IReadOnlyList<Measurement> measurements,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default
    );
}
