using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Checkpoints;
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

    /// <summary>
    /// Checkpoints, from which a later call goes on; null (the default) for none. <see cref="Solve"/> writes the file
    /// itself, <see cref="SolveMany"/> one a stack, with the index of its first measurement and their number before the
    /// extension, such as run.0x16.safetensors. A managed solver's file is refused, for going on from it would give
    /// neither's bits; so is one of another type of device. On CUDA libtorch's sums are not repeatable to the bit.
    /// </summary>
    public CheckpointOptions? Checkpoint
    {
        get => _solve.Checkpoint;
        init => _solve = _solve with { Checkpoint = value };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run, or is damaged; what is named.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _solve.One(measurement, progress, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A checkpoint belongs to another run, or is damaged; what is named.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public IReadOnlyList<BatchOutcome> SolveMany(
        IReadOnlyList<Measurement> measurements,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _solve.Many(measurements, progress, cancellationToken);
}
