using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior.SlowPhases;

/// <summary>Takes the mean over 7×7 pixels of what it is given: noise goes, and what varies slowly stays however wrong.</summary>
internal sealed class KeepingPrior : IPrior
{
    public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

    public IDataTransform Transform { get; } = new MagnitudePhaseTransform();

    public Tensor Denoise(Tensor x, int level)
    {
        var clean = x / Math.Sqrt(Schedule.AlphaBar(level));
        return nn.functional.avg_pool2d(
            nn.functional.pad(clean, [3, 3, 3, 3], mode: TorchSharp.PaddingModes.Replicate),
            7,
            1
        );
    }
}
