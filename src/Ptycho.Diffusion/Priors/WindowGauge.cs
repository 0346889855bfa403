using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>
/// The global phase of noisy windows. With independent noise in magnitude and phase, E[Σ m e^{iφ}] over the noise is
/// Σ f times e^{−s²/2}, s the noise of the phase: so arg Σ m e^{iφ} of the noisy state is an estimate of arg Σ f without
/// bias, and the many pixels of a window make it a sharp one.
/// </summary>
internal static class WindowGauge
{
    /// <summary>
    /// |Σ f|²/Σ|f|² is about exponential with mean 1 if the phases are nothing but noise: e⁻²⁵ of all windows pass.
    /// </summary>
    private const float SmallestEvidence = 25;

    /// <summary>
    /// arg Σ f of each window, and 0 where the noise leaves nothing of it. Where the channels hold an unwrapped phase, it is
    /// on the branch nearest to the phase channel's mean, so that a window many turns away comes back as a whole.
    /// </summary>
    /// <param name="transform">The map between objects and channels.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="windows">Noisy windows, float32 [B, 2, H, W].</param>
    /// <param name="level">Their level.</param>
    /// <returns>Radians, float32 [B], in the caller's scope.</returns>
    public static Tensor Estimate(IDataTransform transform, NoiseSchedule schedule, Tensor windows, int level)
    {
        using var scope = NewDisposeScope();
        var clean = windows / Math.Sqrt(schedule.AlphaBar(level));
        var objects = transform.ToObject(clean);
        var sum = objects.sum(1, 2);
        var power = objects.abs().square().sum(1, 2);
        var known = sum.abs().square().gt(power * SmallestEvidence).to_type(ScalarType.Float32);
        var phase = sum.angle() * known;
        if (transform is IPhaseBranch branch)
            phase += ((branch.Phase(clean).mean([1, 2]) - phase) / (2 * Math.PI)).round() * (2 * Math.PI);
        return phase.MoveToOuterDisposeScope();
    }

    /// <summary>√ᾱ·Turn(x/√ᾱ): a noisy state whose object is turned.</summary>
    public static Tensor Turn(IPhaseTurn transform, NoiseSchedule schedule, Tensor windows, Tensor radians, int level)
    {
        using var scope = NewDisposeScope();
        var scale = Math.Sqrt(schedule.AlphaBar(level));
        return (transform.Turn(windows / scale, radians) * scale).MoveToOuterDisposeScope();
    }
}
