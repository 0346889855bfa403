using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>The terms of the variational bound for a network that learns the variance; see <see cref="HybridObjective"/>.</summary>
internal static class VarianceBound
{
    /// <summary>L_s in nats, of each number of each image at its own level.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="clean">x₀, [B, C, H, W].</param>
    /// <param name="sample">x̂₀.</param>
    /// <param name="output">v, the network's output for the variance.</param>
    /// <param name="levels">B levels, 1…N.</param>
    public static Tensor Of(
        NoiseSchedule schedule,
        Tensor clean,
        Tensor sample,
        Tensor output,
        IReadOnlyList<int> levels
    )
    {
        using var scope = NewDisposeScope();
        Tensor Column(Func<int, double> value) => PerImage.Column(clean, levels, value);
        double High(int level) => Math.Log(schedule.Beta(level));
        double Low(int level) => Math.Log(schedule.PosteriorVariance(Math.Max(level, 2)));

        // log σ² = log β̃ + ½(v + 1)·(log β − log β̃)
        var logVariance =
            output * Column(level => (High(level) - Low(level)) / 2) + Column(level => (High(level) + Low(level)) / 2);
        var meanError = (clean - sample) * Column(level => schedule.Transition(level, level - 1).SampleWeight);
        // KL = ½(log σ² + (β̃ + δ²)/σ² − log β̃ − 1), and −log p = ½(log σ² + δ²/σ² + log 2π) at level 1, where β̃ = 0.
        var power = meanError * meanError + Column(schedule.PosteriorVariance);
        var rest = Column(level => level == 1 ? Math.Log(2 * Math.PI) : -Low(level) - 1);
        return ((logVariance + power * (-logVariance).exp() + rest) / 2).MoveToOuterDisposeScope();
    }
}
