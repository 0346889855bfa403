using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// The regularised ptychographic iterative engine (Maiden, Johnson, Li, Optica 4, 736, 2017), one frame after the
/// other: o += γ·conj(P)/((1 − α)|P|² + α·max|P|²)·(ψ' − ψ) at the frame's place, where
/// ψ' = F⁻¹[a·Ψ/|Ψ|] (arg 0 = 0). α = 1 is ePIE (<see cref="RpieOptions.Epie"/>), with
/// <see cref="RpieOptions.Momentum"/> it is mPIE. The residual of an iteration sums each frame's misfit just before its
/// own update. Masked pixels keep what the model says; of incoherent modes all are scaled alike.
/// With <see cref="RpieOptions.Refinement"/> the probe takes its step from the same ψ' − ψ and the object before its own:
/// P += γ·conj(o)/((1 − β)|o|² + β·max|o|²)·(ψ' − ψ).
/// </summary>
/// <param name="options">Options; the defaults if null.</param>
public sealed class RpieSolver(RpieOptions? options = null) : IReconstructionSolver
{
    private readonly RpieOptions _options = options ?? new RpieOptions();

    /// <summary>"rPIE", or "ePIE" and "mPIE" where the options make it one of these.</summary>
    public string Name => _options.Method;

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
            Identity = _options with { InitialObject = null, Stop = _options.Stop with { Iterations = 1 } },
            Make = setup => new RpieState(setup, measurement, _options),
        }.Run(measurement, progress, cancellationToken);
}
