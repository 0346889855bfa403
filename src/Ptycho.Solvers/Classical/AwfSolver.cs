using System.Numerics.Tensors;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Kernels;
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
/// </summary>
/// <param name="options">Options; the defaults if null.</param>
public sealed class AwfSolver(AwfOptions? options = null) : IReconstructionSolver
{
    private readonly AwfOptions _options = options ?? new AwfOptions();

    /// <inheritdoc/>
    public string Name => "AWF";

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
        var illumination = StartObjects.Illumination(measurement);
        var plan = new ScanPlan(measurement);
        var refinement = _options.Refinement;
        var refine = refinement is not null;
        var (start, scale) = StartObjects.Create(plan, _options.Start, _options.InitialObject, illumination, refine);
        var state = new ProbeState(plan, measurement.Probe, scale, ObjectWeighting.Gradient);
        var step = 1 / (scale * scale * TensorPrimitives.Max<float>(illumination));
        using var flow = new WirtingerFlow(plan, state, start, _options);

        StopReason? reason = null;
        var previous = double.PositiveInfinity;
        for (var t = 1.0; reason is null; )
        {
            var next = (1 + Math.Sqrt(1 + 4 * t * t)) / 2;
            var momentum = _options.Accelerated ? (float)((t - 1) / next) : 0;
            var joint = refinement is not null && run.Iterations >= refinement.StartIteration;
            var misfit = flow.Iterate(step, momentum, joint);
            reason = run.Record(Math.Sqrt(misfit / plan.AmplitudeEnergy));
            var restart = joint && misfit > previous;
            if (restart)
                flow.Restart();
            t = restart ? 1 : next;
            previous = misfit;
        }

        var misfits = flow.FrameMisfit();
        var result = ResultBuilder.Build(Name, plan, run, reason.Value, flow.ToField(), misfits) with
        {
            Probe = refine ? state.ToProbe() : measurement.Probe,
            OperatorEvaluations = 2L * run.Iterations + 1,
        };
        return ResultBuilder.Judged(result, measurement);
    }
}
