using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>
/// What is known of objects before any measurement, as a denoiser: the mean of x₀ given a noisy x at a level. Every
/// sampler and solver works with any implementation.
/// </summary>
public interface IPrior
{
    /// <summary>The noise levels that the prior knows.</summary>
    public NoiseSchedule Schedule { get; }

    /// <summary>The map between objects and the prior's channels.</summary>
    public IDataTransform Transform { get; }

    /// <summary>
    /// The images that are as likely as the object itself; none unless a prior says so. Samplers ask for x̂₀ of one image or
    /// another, which evens out what a network has not learnt to treat alike.
    /// </summary>
    public ObjectSymmetry Symmetry => ObjectSymmetry.None;

    /// <summary>x̂₀ = E[x₀ | x], in channels and not clipped.</summary>
    /// <param name="x">The noisy state, float32 [B, 2, H, W]; left alone.</param>
    /// <param name="level">Its level, 1…N.</param>
    /// <returns>float32 [B, 2, H, W], in the caller's dispose scope.</returns>
    public Tensor Denoise(Tensor x, int level);
}
