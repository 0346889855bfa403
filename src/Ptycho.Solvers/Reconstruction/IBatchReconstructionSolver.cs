using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>The capability of a solver to reconstruct many measurements at once, faster than one after the other.</summary>
public interface IBatchReconstructionSolver : IReconstructionSolver
{
    /// <summary>
    /// Reconstructs; each result is the one that <see cref="IReconstructionSolver.Solve"/> gives, to rounding, but for
    /// <see cref="ReconstructionResult.ComputeTime"/>, which is the time from the start of all to the end of this one.
    /// </summary>
    /// <param name="measurements">
    /// At least one, of the same number of frames, window, modes and object size; each may have its own positions, probe
    /// and mask.
    /// </param>
    /// <param name="progress">Told after every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">Checked at least once an iteration.</param>
    /// <returns>The results in the order of the measurements.</returns>
    /// <exception cref="ArgumentException">There is none, or one does not fit the first; its index is named.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite.</exception>
    public IReadOnlyList<ReconstructionResult> SolveMany(
        IReadOnlyList<Measurement> measurements,
        IProgress<ManyProgress>? progress = null,
        CancellationToken cancellationToken = default
    );
}
