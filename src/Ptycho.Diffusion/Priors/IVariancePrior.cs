using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>A prior that may also know the variance of a step down (Nichol and Dhariwal, Improved DDPM, 2021).</summary>
public interface IVariancePrior : IPrior
{
    /// <summary>Whether this prior does learn the variance.</summary>
    public bool LearnsVariance { get; }

    /// <summary>x̂₀ together with the place of the variance.</summary>
    /// <param name="x">The noisy state, float32 [B, 2, H, W]; left alone.</param>
    /// <param name="level">Its level, 1…N.</param>
    /// <returns>Both in the caller's dispose scope.</returns>
    /// <exception cref="InvalidOperationException">The prior does not learn the variance.</exception>
    public VarianceEstimate DenoiseWithVariance(Tensor x, int level);
}
