using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

/// <summary>
/// The exact denoiser of channels that are independent N(0, τ²): x̂₀ = √ᾱ τ²/(ᾱ τ² + 1 − ᾱ)·x. Under it the object is
/// flat up to white noise.
/// </summary>
internal sealed class FlatPrior(double tau, IDataTransform? transform = null) : IDifferentiablePrior
{
    public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

    public IDataTransform Transform { get; } = transform ?? new MagnitudePhaseTransform();

    public Tensor Denoise(Tensor x, int level)
    {
        var alphaBar = Schedule.AlphaBar(level);
        return x * (Math.Sqrt(alphaBar) * tau * tau / (alphaBar * tau * tau + 1 - alphaBar));
    }
}
