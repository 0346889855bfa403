using Ptycho.Physics.Measurements;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// The regularised ptychographic iterative engine (Maiden, Johnson, Li, Optica 4, 736, 2017), one frame after the
/// other: o += γ·conj(P)/((1 − α)|P|² + α·max|P|²)·(ψ' − ψ) at the frame's place, where
/// ψ' = F⁻¹[a·Ψ/|Ψ|] (arg 0 = 0). α = 1 is ePIE. The residual of an iteration sums each frame's misfit just before its
/// own update. Masked pixels keep what the model says; of incoherent modes all are scaled alike.
/// With <see cref="RpieOptions.Refinement"/> the probe takes its step from the same ψ' − ψ and the object before its own:
/// P += γ·conj(o)/((1 − β)|o|² + β·max|o|²)·(ψ' − ψ).
/// </summary>
/// <param name="options">Options; the defaults if null.</param>
public sealed class RpieSolver(RpieOptions? options = null) : IReconstructionSolver
{
    private readonly RpieOptions _options = options ?? new RpieOptions();

    /// <inheritdoc/>
    public string Name => "rPIE";

    /// <inheritdoc/>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        cancellationToken.ThrowIfCancellationRequested();
        var run = new SolverRun(_options.Stop, progress, cancellationToken);
        var plan = new ScanPlan(measurement, _options.Correction?.LargestShift ?? 0);
        var illumination = StartObjects.Illumination(measurement);
        var refinement = _options.Refinement;
        var refine = refinement is not null;
        var (start, scale) = StartObjects.Create(plan, _options.Start, _options.InitialObject, illumination, refine);
        var weighting = ObjectWeighting.Rpie(_options.Alpha, _options.Gamma);
        var state = new ProbeState(plan, measurement.Probe, scale, weighting);
        var sweep = new RpieSweep(plan, state, start, _options);
        var random = new StableRandom(_options.Seed);
        var order = Enumerable.Range(0, plan.FrameCount).ToArray();

        StopReason? reason = null;
        while (reason is null)
        {
            if (_options.Order == FrameOrder.Random)
                random.Permute(order);
            var joint = refinement is not null && run.Iterations >= refinement.StartIteration;
            var correct = _options.Correction is { } correction && run.Iterations >= correction.StartIteration;
            var misfit = sweep.Run(order, joint, correct);
            reason = run.Record(Math.Sqrt(misfit / plan.AmplitudeEnergy));
        }

        var misfits = sweep.FrameMisfit();
        var result = ResultBuilder.Build(Name, plan, run, reason.Value, sweep.ToField(), misfits);
        result = result with
        {
            Positions = _options.Correction is null ? null : sweep.ToPositions(),
            Probe = refine ? state.ToProbe() : measurement.Probe,
            OperatorEvaluations = 2L * run.Iterations + 1,
        };
        return ResultBuilder.Judged(result, measurement);
    }
}
