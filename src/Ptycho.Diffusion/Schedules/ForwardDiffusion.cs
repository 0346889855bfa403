using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Schedules;

/// <summary>Adding noise to tensors, to a level or between two levels. Results belong to the caller's scope.</summary>
public static class ForwardDiffusion
{
    /// <summary>x_s = √ᾱ_s·x₀ + √(1−ᾱ_s)·ε.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="sample">x₀, any shape.</param>
    /// <param name="noise">ε of the same shape.</param>
    /// <param name="level">0…N.</param>
    public static Tensor AddNoise(this NoiseSchedule schedule, Tensor sample, Tensor noise, int level)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var alphaBar = schedule.AlphaBar(level);
        return Mix(sample, noise, Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
    }

    /// <summary>x_s for each image of a batch at a level of its own.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="sample">x₀, [B, C, H, W].</param>
    /// <param name="noise">ε of the same shape.</param>
    /// <param name="levels">B levels, each 0…N.</param>
    public static Tensor AddNoise(this NoiseSchedule schedule, Tensor sample, Tensor noise, IReadOnlyList<int> levels)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        using var scope = NewDisposeScope();
        var signal = PerImage.Column(sample, levels, level => Math.Sqrt(schedule.AlphaBar(level)));
        var spread = PerImage.Column(sample, levels, level => Math.Sqrt(1 - schedule.AlphaBar(level)));
        return (sample * signal + noise * spread).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Noising from one level up to another in closed form: x_to = √(ᾱ_to/ᾱ_from)·x_from + √(1−ᾱ_to/ᾱ_from)·z.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">x_from.</param>
    /// <param name="noise">z, standard normal, of the same shape.</param>
    /// <param name="from">The cleaner level, 0…to.</param>
    /// <param name="to">The noisier level, from…N.</param>
    public static Tensor Renoise(this NoiseSchedule schedule, Tensor state, Tensor noise, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (from > to)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"Noising goes up: the level must be ≥ {from}.");
        var ratio = schedule.AlphaBar(to) / schedule.AlphaBar(from);
        return Mix(state, noise, Math.Sqrt(ratio), Math.Sqrt(1 - ratio));
    }

    private static Tensor Mix(Tensor first, Tensor second, double firstWeight, double secondWeight)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var scope = NewDisposeScope();
        using Scalar a = firstWeight,
            b = secondWeight;
        return first.mul(a).add(second, b).MoveToOuterDisposeScope();
    }
}
