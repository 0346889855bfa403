using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Samples.CustomPrior;

/// <summary>
/// Channels are Gaussian, with a mean and a spectrum S(k). The exact denoiser is Wiener's filter,
/// x̂₀ = μ + F⁻¹[√ᾱ S/(ᾱ S + 1 − ᾱ) F(x − √ᾱ μ)].
/// </summary>
/// <param name="mean">float32 [1, 2, 1, 1]; the caller's.</param>
/// <param name="spectrum">float32 [1, 2, H, W], of the orthonormal transform; the caller's.</param>
internal sealed class GaussianPrior(Tensor mean, Tensor spectrum) : IPrior
{
    public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

    public IDataTransform Transform { get; } = new MagnitudePhaseTransform();

    public Tensor Denoise(Tensor x, int level)
    {
        using var scope = NewDisposeScope();
        var kept = Schedule.AlphaBar(level);
        var gain = spectrum * Math.Sqrt(kept) / (spectrum * kept + (1 - kept));
        var filtered = fft.ifft2(fft.fft2(x - mean * Math.Sqrt(kept)) * gain).real;
        return (mean + filtered).MoveToOuterDisposeScope();
    }
}
