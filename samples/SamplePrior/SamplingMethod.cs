using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;

namespace Ptycho.Samples.SamplePrior;

/// <summary>The ways to draw samples that the command line knows.</summary>
internal enum SamplingMethod
{
    DpmSolver,
    Ddim,
    Ddpm,
}

internal static class SamplingMethods
{
    /// <summary>The sampler of a method; each has a usual number of steps.</summary>
    public static PriorSampler Sampler(this SamplingMethod method, IPrior prior, int? steps, double eta) =>
        method switch
        {
            SamplingMethod.Ddim => PriorSampler.Ddim(prior, steps ?? 100, eta),
            SamplingMethod.Ddpm => PriorSampler.Ddpm(prior, steps),
            _ => PriorSampler.DpmSolver(prior, steps ?? 25),
        };
}
