using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// <see cref="RpieSolver"/> in batched torch tensors, on the CPU or a CUDA device: the same updates from the same options,
/// to rounding. All objects visit their frames in one common order, that of <see cref="RpieOptions.Seed"/>. Successive
/// frames whose windows do not touch in any object are taken at once, which changes no number;
/// <see cref="TensorOptions.GroupFrames"/> makes more of them. The probe and the positions are known.
/// </summary>
public sealed class TensorRpieSolver : IBatchReconstructionSolver
{
    private readonly TensorSolve _solve;

    /// <param name="options">Options of the method; the defaults if null.</param>
    /// <param name="tensors">Device, memory and grouping; the defaults if null.</param>
    /// <exception cref="ArgumentException">An option asks for what this form does not have.</exception>
    public TensorRpieSolver(RpieOptions? options = null, TensorOptions? tensors = null)
    {
        var (rpie, where) = (options ?? new RpieOptions(), tensors ?? new TensorOptions());
        Unsupported.Refuse(rpie.Refinement is not null, nameof(RpieOptions.Refinement), nameof(RpieSolver));
        Unsupported.Refuse(rpie.Correction is not null, nameof(RpieOptions.Correction), nameof(RpieSolver));
        Unsupported.Refuse(rpie.Momentum is not null, nameof(RpieOptions.Momentum), nameof(RpieSolver));
        Unsupported.Refuse(rpie.Stop.HeldOut is not null, nameof(StopRules.HeldOut), nameof(RpieSolver));
        _solve = new TensorSolve(
            Name,
            rpie.Stop,
            rpie.Start,
            rpie.InitialObject,
            where,
            (stack, starts) => new RpieFlow(stack, starts, rpie, where)
        );
    }

    /// <inheritdoc/>
    public string Name => "rPIE";

    /// <inheritdoc/>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _solve.One(measurement, progress, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<ReconstructionResult> SolveMany(
        IReadOnlyList<Measurement> measurements,
        IProgress<ManyProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _solve.Many(measurements, progress, cancellationToken);
}
