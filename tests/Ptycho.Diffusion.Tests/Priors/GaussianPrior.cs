using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Priors;

/// <summary>x₀ ~ N(mean, deviation²) in every pixel, whose denoiser is known in closed form.</summary>
internal sealed class GaussianPrior(NoiseSchedule schedule, double mean, double deviation) : IVariancePrior
{
    public NoiseSchedule Schedule => schedule;

    public IDataTransform Transform { get; } = new RealImaginaryTransform();

    public double Mean => mean;

    public double Deviation => deviation;

    public int Calls { get; private set; }

    /// <summary>If given, the variance weight w that is said to be learned.</summary>
    public double? VarianceWeight { get; init; }

    public bool LearnsVariance => VarianceWeight is not null;

    /// <summary>The gain of x̂₀ = mean + gain·(x − √ᾱ·mean).</summary>
    public double Gain(int level)
    {
        var alphaBar = schedule.AlphaBar(level);
        var variance = deviation * deviation;
        return Math.Sqrt(alphaBar) * variance / (alphaBar * variance + 1 - alphaBar);
    }

    public Tensor Denoise(Tensor x, int level)
    {
        Calls++;
        using var scope = NewDisposeScope();
        return ((x - Math.Sqrt(schedule.AlphaBar(level)) * mean) * Gain(level) + mean).MoveToOuterDisposeScope();
    }

    public VarianceEstimate DenoiseWithVariance(Tensor x, int level) =>
        new(Denoise(x, level), full_like(x, VarianceWeight!.Value));
}
