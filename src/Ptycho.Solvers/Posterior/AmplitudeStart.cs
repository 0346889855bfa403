using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>The warm start of a measurement by its amplitudes, whatever likelihood follows: managed on the CPU.</summary>
internal static class AmplitudeStart
{
    /// <returns>complex64 [1, H, W], gauge fixed, in the caller's dispose scope.</returns>
    internal static Tensor Run(
        Measurement measurement,
        IForwardOperator forward,
        Device device,
        int iterations,
        double smoothness,
        int threads,
        CancellationToken cancellationToken
    )
    {
        if (device.type == DeviceType.CPU)
            return ManagedStart.Run(measurement, iterations, smoothness, threads, cancellationToken);
        using var likelihood = new AmplitudeLikelihood(measurement.Data, device);
        var problem = new PosteriorProblem(forward, likelihood, NoiseLevel.Of(measurement)) { Device = device };
        using var step = new ProximalDataStep(problem);
        return step.WarmStart(iterations, smoothness, cancellationToken);
    }
}
