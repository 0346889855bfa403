using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// The warm start of a solver with a prior: accelerated Wirtinger flow (Xu et al. 2018) from a constant object that
/// explains the total intensity, for any operator with a majorised likelihood.
/// </summary>
internal static class WirtingerStart
{
    /// <returns>complex64 [1, H, W], gauge fixed, in the caller's dispose scope.</returns>
    internal static Tensor Run(
        PosteriorProblem problem,
        ProximalDataStep dataStep,
        int iterations,
        double smoothness,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        var (height, width) = problem.Operator.ObjectShape;
        var flat = ones([1, height, width], complex64, problem.Device);
        // The target of a flat object's far fields has the measured amplitudes, whatever their phases.
        var farField = problem.Operator.Forward(flat);
        var scale = dataStep.AmplitudeNorm(farField) / farField.abs().square().sum().sqrt().ToDouble();
        var z = flat * scale;
        var x = z;
        var t = 1.0;
        for (var i = 0; i < iterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            // The iterates of before die with this step: a large field takes thousands.
            step.Attach(z);
            step.Attach(x);
            var next = dataStep.Descend(z);
            if (smoothness > 0)
                next =
                    z
                    + (next - z - GridLaplacian.Roughness(z) * smoothness)
                        / (1 + GridLaplacian.LargestEigenvalue * smoothness);
            var t1 = (1 + Math.Sqrt(1 + 4 * t * t)) / 2;
            var extrapolated = next + (next - x) * ((t - 1) / t1);
            step.MoveToOuter(next);
            step.MoveToOuter(extrapolated);
            (x, z, t) = (next, extrapolated, t1);
        }
        return Gauge.Fix(x).MoveToOuterDisposeScope();
    }
}
