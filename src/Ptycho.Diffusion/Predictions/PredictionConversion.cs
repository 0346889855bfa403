using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Predictions;

/// <summary>Conversions between the kinds of prediction at a level. Results belong to the caller's scope.</summary>
public static class PredictionConversion
{
    /// <summary>The same statement about x₀ in another kind of prediction.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">x at the level.</param>
    /// <param name="output">The prediction of kind <paramref name="from"/>.</param>
    /// <param name="level">1…N.</param>
    /// <param name="from">The kind that the output has.</param>
    /// <param name="to">The kind wanted.</param>
    public static Tensor Convert(
        NoiseSchedule schedule,
        Tensor state,
        Tensor output,
        int level,
        Prediction from,
        Prediction to
    )
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        using var scope = NewDisposeScope();
        var sample = from.At(schedule, level).Denoise(state, output);
        return to.At(schedule, level).OutputFor(state, sample).MoveToOuterDisposeScope();
    }

    /// <summary>ε = (x − √ᾱ·x̂₀)/√(1−ᾱ).</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">x at the level.</param>
    /// <param name="sample">x̂₀.</param>
    /// <param name="level">1…N.</param>
    public static Tensor Noise(NoiseSchedule schedule, Tensor state, Tensor sample, int level) =>
        Prediction.Epsilon.At(schedule, level).OutputFor(state, sample);
}
