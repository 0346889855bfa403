using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// A classical solver in batched torch tensors, for one measurement or many at once. Measurements of one shape (frames,
/// window, modes, object, frames held out) are stacked, so many as memory holds; each may have its own positions, probe
/// and mask, refines its own probe, corrects its own positions and stops by its own residuals.
/// </summary>
public abstract class TensorSolver : IReconstructionSolver, IBatchReconstructionSolver
{
    private readonly TensorSolve _solve;

    private protected TensorSolver(TensorSolve solve) => _solve = solve;

    /// <summary>The name of the managed solver with the same options, such as "AWF" or "mPIE".</summary>
    public string Name => _solve.Name;

    /// <inheritdoc/>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _solve.One(measurement, progress, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<BatchOutcome> SolveMany(
        IReadOnlyList<Measurement> measurements,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _solve.Many(measurements, progress, cancellationToken);
}
