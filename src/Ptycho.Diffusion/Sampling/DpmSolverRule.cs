using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>
/// DPM-Solver++(2M) (Lu et al., 2022): a deterministic multistep solver of second order in half the log
/// signal-to-noise, with one evaluation of the prior a step. The first step, and the last one to level 0, are of first
/// order.
/// </summary>
public sealed class DpmSolverRule : IStepRule
{
    /// <inheritdoc/>
    public IStepRun Begin() => new Run();

    private sealed class Run : IStepRun
    {
        private Tensor? _previous;
        private double _previousStep;

        public Tensor Next(SamplingStep step)
        {
            ArgumentNullException.ThrowIfNull(step);
            var sample = step.Sample;
            if (step.NextLevel == 0)
                return sample.clone();
            using var scope = NewDisposeScope();
            var (alphaBar, next) = (step.Schedule.AlphaBar(step.Level), step.Schedule.AlphaBar(step.NextLevel));
            var length = (step.Schedule.LogSnr(step.NextLevel) - step.Schedule.LogSnr(step.Level)) / 2;
            var direction = sample;
            if (_previous is not null)
            {
                var weight = length / (2 * _previousStep);
                direction = sample * (1 + weight) - _previous * weight;
            }
            using Scalar stateWeight = Math.Sqrt((1 - next) / (1 - alphaBar)),
                directionWeight = Math.Sqrt(next) * (1 - Math.Exp(-length));
            var state = step.State.mul(stateWeight).add(direction, directionWeight);
            _previous?.Dispose();
            _previous = sample.alias().DetachFromDisposeScope();
            _previousStep = length;
            return state.MoveToOuterDisposeScope();
        }

        public void Dispose() => _previous?.Dispose();
    }
}
