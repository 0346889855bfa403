using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>
/// A clean batch with noise at drawn levels, and what a network is asked and should answer. The draw is a function of the
/// step alone. Tensors are in the caller's scope.
/// </summary>
internal sealed record NoisedBatch(int[] Levels, Tensor State, Tensor Input, Tensor Times, Tensor Target)
{
    private const ulong LevelPurpose = 0x6C65_7665_6C73;
    private const ulong NoisePurpose = 0x6E_6F69_7365;

    public static NoisedBatch Draw(NoiseSchedule schedule, Prediction prediction, Tensor clean, TrainingStep step)
    {
        var count = checked((int)clean.shape[0]);
        var levels = StratifiedLevels.Draw(
            step.SharedSeedFor(LevelPurpose),
            step.Part * count,
            count,
            step.Parts * count,
            schedule.Steps
        );
        var noise = StepNoise.Like(clean, step.SeedFor(NoisePurpose));
        var state = schedule.AddNoise(clean, noise, levels);
        return new NoisedBatch(
            levels,
            state,
            prediction.Input(schedule, state, levels),
            NetworkTimes.Of(levels, clean.device),
            prediction.Target(schedule, clean, noise, levels)
        );
    }
}
