using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// <see cref="AwfSolver"/> in batched torch tensors, on the CPU or a CUDA device: the same steps from the same options,
/// to rounding. For many measurements at once; one alone is faster in <see cref="AwfSolver"/> on a CPU. The probe is
/// known; <see cref="AwfOptions.Threads"/> is not used, for libtorch has its own number.
/// </summary>
public sealed class TensorAwfSolver : IBatchReconstructionSolver
{
    private readonly TensorSolve _solve;

    /// <param name="options">Options of the method; the defaults if null.</param>
    /// <param name="tensors">Device and memory; the defaults if null.</param>
    /// <exception cref="ArgumentException">An option asks for what this form does not have.</exception>
    public TensorAwfSolver(AwfOptions? options = null, TensorOptions? tensors = null)
    {
        var (awf, where) = (options ?? new AwfOptions(), tensors ?? new TensorOptions());
        Unsupported.Refuse(awf.Refinement is not null, nameof(AwfOptions.Refinement), nameof(AwfSolver));
        Unsupported.Refuse(awf.Correction is not null, nameof(AwfOptions.Correction), nameof(AwfSolver));
        Unsupported.Refuse(awf.Stop.HeldOut is not null, nameof(StopRules.HeldOut), nameof(AwfSolver));
        _solve = new TensorSolve(
            Name,
            awf.Stop,
            awf.Start,
            awf.InitialObject,
            where,
            (stack, starts) => new AwfFlow(stack, starts, awf, where)
        );
    }

    /// <inheritdoc/>
    public string Name => "AWF";

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
