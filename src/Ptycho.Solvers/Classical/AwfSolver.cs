using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// Accelerated Wirtinger flow (Xu, Soltanolkotabi, Haldar, Unglaub, Zusman, Levi, Leahy, arXiv:1806.05546, 2018), a
/// batch gradient method for L(z) = ½ Σ_k ‖|F P z_k| − a_k‖²:
/// x_{n+1} = z_n − μ g(z_n), z_{n+1} = x_{n+1} + (t_n − 1)/t_{n+1}·(x_{n+1} − x_n), t_{n+1} = (1 + √(1 + 4t_n²))/2,
/// t_0 = 1, μ = 1/max_r Σ_k|P_k(r)|², where arg 0 = 0. The residual of an iteration is that of z before its step;
/// the result is x. Masks weight the terms of L; incoherent modes add their intensities.
/// With <see cref="AwfOptions.Refinement"/> the probe takes the same kind of step along its own gradient, with
/// 1/max_r Σ_k|o_k(r)|², both steps are halved, and the momentum starts anew when the residual rises.
/// With <see cref="AwfOptions.Correction"/> every position moves by what its frame's gradient says of it.
/// </summary>
/// <param name="options">Options; the defaults if null.</param>
public sealed class AwfSolver(AwfOptions? options = null) : IReconstructionSolver
{
    private readonly AwfOptions _options = options ?? new AwfOptions();

    /// <inheritdoc/>
    public string Name => "AWF";

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
            Make = setup => new WirtingerFlow(setup, measurement, _options),
        }.Run(measurement, progress, cancellationToken);
}
