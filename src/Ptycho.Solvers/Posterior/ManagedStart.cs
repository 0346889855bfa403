using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>The warm start on the CPU: <see cref="AwfSolver"/> with a smoothness penalty, gauge fixed.</summary>
internal static class ManagedStart
{
    /// <returns>complex64 [1, H, W], in the caller's dispose scope.</returns>
    internal static Tensor Run(
        Measurement measurement,
        int iterations,
        double smoothness,
        int threads,
        CancellationToken cancellationToken
    )
    {
        var options = new AwfOptions
        {
            Stop = new StopRules { Iterations = iterations },
            Smoothness = smoothness,
            Threads = threads,
        };
        var found = new AwfSolver(options).Solve(measurement, cancellationToken: cancellationToken);
        using var scope = NewDisposeScope();
        return Gauge.Fix(found.Object.ToTensor().unsqueeze(0)).MoveToOuterDisposeScope();
    }
}
