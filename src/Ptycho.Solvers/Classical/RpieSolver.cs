using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// The regularised ptychographic iterative engine (Maiden, Johnson, Li, Optica 4, 736, 2017) with a known probe, one
/// frame after the other: o += γ·conj(P)/((1 − α)|P|² + α·max|P|²)·(ψ' − ψ) at the frame's place, where
/// ψ' = F⁻¹[a·Ψ/|Ψ|] (arg 0 = 0). α = 1 is ePIE. The residual of an iteration sums each frame's misfit just before its
/// own update. Masked pixels keep what the model says; of incoherent modes all are scaled alike.
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
        var plan = new ScanPlan(measurement);
        var illumination = StartObjects.Illumination(measurement);
        var start = StartObjects.Create(plan, _options.Start, _options.InitialObject, illumination);
        var buffer = new AlignedBuffer(2 * plan.PlaneLength);
        var image = Planes.Of(buffer, plan.PlaneLength);
        plan.Load(start, image);
        var weighting = ObjectWeighting.Rpie(_options.Alpha, _options.Gamma);
        var engine = new FrameEngine(plan, measurement.Probe, weighting);
        var random = new StableRandom(_options.Seed);
        var order = Enumerable.Range(0, plan.FrameCount).ToArray();

        StopReason? reason = null;
        while (reason is null)
        {
            if (_options.Order == FrameOrder.Random)
                random.Permute(order);
            var misfit = 0.0;
            foreach (var frame in order)
                misfit += engine.Step(image, frame, image);
            reason = run.Record(Math.Sqrt(misfit / plan.AmplitudeEnergy));
        }

        var misfits = new double[plan.FrameCount];
        for (var frame = 0; frame < misfits.Length; frame++)
            misfits[frame] = engine.Misfit(image, frame);
        var result = ResultBuilder.Build(Name, plan, run, reason.Value, plan.ToField(image), misfits);
        GC.KeepAlive(buffer);
        GC.KeepAlive(engine);
        return result with { OperatorEvaluations = 2L * run.Iterations + 1 };
    }
}
