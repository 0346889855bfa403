using Ptycho.Diffusion.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>
/// DDIM (Song, Meng and Ermon, 2021): x_next = √ᾱ'·x̂₀ + √(1−ᾱ'−s²)·ε̂ + s·z with s = η·√β̃; deterministic for η = 0,
/// and with η = 1 the same as DDPM with the posterior variance.
/// </summary>
public sealed class DdimRule : IStepRule
{
    /// <summary>A rule.</summary>
    /// <param name="eta">η in [0, 1].</param>
    public DdimRule(double eta = 0) => Eta = OptionChecks.Share(eta, nameof(eta));

    /// <summary>η, how much of the noise is fresh.</summary>
    public double Eta { get; }

    /// <inheritdoc/>
    public IStepRun Begin() => new Run(Eta);

    private sealed class Run(double eta) : IStepRun
    {
        public Tensor Next(SamplingStep step)
        {
            ArgumentNullException.ThrowIfNull(step);
            using var scope = NewDisposeScope();
            var (alphaBar, next) = (step.Schedule.AlphaBar(step.Level), step.Schedule.AlphaBar(step.NextLevel));
            var fresh = eta * Math.Sqrt(step.Schedule.Transition(step.Level, step.NextLevel).PosteriorVariance);
            var kept = Math.Sqrt(Math.Max(0, 1 - next - fresh * fresh));
            // ε̂ = (x − √ᾱ·x̂₀)/√(1−ᾱ), put in.
            using Scalar stateWeight = kept / Math.Sqrt(1 - alphaBar),
                sampleWeight = Math.Sqrt(next) - kept * Math.Sqrt(alphaBar / (1 - alphaBar));
            var state = step.State.mul(stateWeight).add(step.Sample, sampleWeight);
            if (fresh > 0)
                state += step.DrawNoise() * fresh;
            return state.MoveToOuterDisposeScope();
        }

        public void Dispose() { }
    }
}
