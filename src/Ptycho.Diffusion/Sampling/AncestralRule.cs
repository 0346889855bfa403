using Ptycho.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>
/// DDPM: a draw from q(x_next | x, x̂₀) between any two levels (Ho et al., 2020; with learned variance, Nichol and
/// Dhariwal, 2021). The step to level 0 has no noise.
/// </summary>
/// <param name="variance">The variance of a step.</param>
public sealed class AncestralRule(AncestralVariance variance = AncestralVariance.Learned) : IStepRule
{
    /// <summary>The variance of a step.</summary>
    public AncestralVariance Variance { get; } =
        Enum.IsDefined(variance)
            ? variance
            : throw new ArgumentOutOfRangeException(nameof(variance), variance, "The variance is not known.");

    /// <inheritdoc/>
    public IStepRun Begin() => new Run(Variance);

    private sealed class Run(AncestralVariance variance) : IStepRun
    {
        public Tensor Next(SamplingStep step)
        {
            ArgumentNullException.ThrowIfNull(step);
            using var scope = NewDisposeScope();
            var transition = step.Schedule.Transition(step.Level, step.NextLevel);
            using Scalar sampleWeight = transition.SampleWeight,
                stateWeight = transition.StateWeight;
            var mean = step.Sample.mul(sampleWeight).add(step.State, stateWeight);
            if (step.NextLevel == 0)
                return mean.MoveToOuterDisposeScope();
            return (mean + step.DrawNoise() * Deviation(step, transition)).MoveToOuterDisposeScope();
        }

        public void Dispose() { }

        private Tensor Deviation(SamplingStep step, LevelTransition transition)
        {
            if (variance == AncestralVariance.Learned && step.VarianceWeight is not null)
            {
                var (low, high) = (Math.Log(transition.PosteriorVariance), Math.Log(transition.Beta));
                return (step.VarianceWeight * ((high - low) / 2) + low / 2).exp();
            }
            var fixedVariance = variance == AncestralVariance.Forward ? transition.Beta : transition.PosteriorVariance;
            return tensor((float)Math.Sqrt(fixedVariance), device: step.State.device);
        }
    }
}
