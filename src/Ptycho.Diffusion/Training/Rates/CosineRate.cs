namespace Ptycho.Diffusion.Training.Rates;

/// <summary>
/// The peak rate up to a step, then half a cosine down to the final rate (Loshchilov and Hutter, SGDR, 2017), which then
/// stays. Decay can so be added to a constant run that is being resumed.
/// </summary>
public sealed record CosineRate : ILearningRate
{
    /// <summary>Describes the decay.</summary>
    /// <param name="peak">The rate before the decay, above 0.</param>
    /// <param name="final">The rate after it, 0…peak.</param>
    /// <param name="fromStep">Where the decay begins, at least 0.</param>
    /// <param name="toStep">Where it ends, after <paramref name="fromStep"/>.</param>
    public CosineRate(double peak, double final, long fromStep, long toStep)
    {
        Peak = RateChecks.Positive(peak, nameof(peak));
        if (!(final >= 0 && final <= peak))
            throw new ArgumentOutOfRangeException(nameof(final), final, $"The final rate must be 0…{peak}.");
        ArgumentOutOfRangeException.ThrowIfNegative(fromStep);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(toStep, fromStep);
        (Final, FromStep, ToStep) = (final, fromStep, toStep);
    }

    /// <summary>The rate before the decay.</summary>
    public double Peak { get; }

    /// <summary>The rate after the decay.</summary>
    public double Final { get; }

    /// <summary>The step at which the decay begins.</summary>
    public long FromStep { get; }

    /// <summary>The step at which the decay ends.</summary>
    public long ToStep { get; }

    /// <inheritdoc />
    public double At(long step)
    {
        var u = Math.Clamp((step - FromStep) / (double)(ToStep - FromStep), 0, 1);
        return Final + (Peak - Final) * (1 + Math.Cos(Math.PI * u)) / 2;
    }
}
