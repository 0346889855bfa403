using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// Regularised maximum likelihood (Thibault and Guizar-Sicairos, New J. Phys. 14, 063004, 2012), for low overlap and for
/// joint refinement: minimises Σ_k E(|F P o_k|, a_k) + κ d Σ φ(|∇o|) over the object and, if asked, the probe by L-BFGS
/// with the diagonal of AᴴA as preconditioner, so that dimly lit pixels converge as fast as bright ones. The penalty
/// holds down what the data leave free and lets edges stand. An iteration is a step that lowers the value and costs one
/// evaluation, rarely more. The residual of an iteration is that of the object after its step.
/// </summary>
/// <param name="options">Options; the defaults if null.</param>
public sealed class MaximumLikelihoodSolver(MaximumLikelihoodOptions? options = null) : IReconstructionSolver
{
    private readonly MaximumLikelihoodOptions _options = options ?? new MaximumLikelihoodOptions();

    /// <inheritdoc/>
    public string Name => "ML";

    /// <summary>Checkpoints of a solve, from which a later one goes on; null (the default) for none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run, or is damaged; what is named.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        new ClassicalSolve(
            Name,
            _options.Stop,
            _options.Start,
            _options.InitialObject,
            _options.Refinement,
            _options.Correction
        )
        {
            Checkpoint = Checkpoint,
            Identity = _options with
            {
                InitialObject = null,
                Threads = 0,
                Stop = _options.Stop with { Iterations = 1 },
            },
            Make = setup => new MaximumLikelihoodState(setup, measurement, _options),
        }.Run(measurement, progress, cancellationToken);
}
