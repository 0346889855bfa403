using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Schedules;

/// <summary>
/// The VP-SDE in continuous time u ∈ [0, 1]: dx = −½β(u)x du + √β(u) dw with β(u) = βmin + u(βmax − βmin)
/// (Song et al., 2021), so that x_u = √ᾱ(u)·x₀ + √(1−ᾱ(u))·ε. The defaults are the limit of the linear
/// <see cref="NoiseSchedule"/> of many steps.
/// </summary>
public sealed record ContinuousSchedule
{
    private readonly double _betaMinimum = 0.1;
    private readonly double _betaMaximum = 20;

    /// <summary>β at u = 0. Positive.</summary>
    public double BetaMinimum
    {
        get => _betaMinimum;
        init => _betaMinimum = OptionChecks.Positive(value, nameof(BetaMinimum));
    }

    /// <summary>β at u = 1. Positive.</summary>
    public double BetaMaximum
    {
        get => _betaMaximum;
        init => _betaMaximum = OptionChecks.Positive(value, nameof(BetaMaximum));
    }

    /// <summary>β(u); the drift is −½β(u)·x and the diffusion √β(u).</summary>
    /// <param name="time">u in [0, 1].</param>
    public double Beta(double time) => BetaMinimum + Check(time) * (BetaMaximum - BetaMinimum);

    /// <summary>ᾱ(u) = exp(−u·βmin − ½u²(βmax − βmin)).</summary>
    /// <param name="time">u in [0, 1].</param>
    public double AlphaBar(double time) => Math.Exp(-Exponent(time));

    /// <summary>σ(u) = √((1−ᾱ)/ᾱ).</summary>
    /// <param name="time">u in [0, 1].</param>
    public double Sigma(double time) => Math.Sqrt(Special.ExpM1(Exponent(time)));

    /// <summary>log(ᾱ/(1−ᾱ)); +∞ at u = 0.</summary>
    /// <param name="time">u in [0, 1].</param>
    public double LogSnr(double time) => -Math.Log(Special.ExpM1(Exponent(time)));

    /// <summary>The time at which the noise-to-signal is a given σ, in closed form.</summary>
    /// <param name="sigma">σ, from 0 to σ(1).</param>
    public double TimeOfSigma(double sigma)
    {
        if (!(sigma >= 0 && sigma <= Sigma(1)))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"σ must be in [0, {Sigma(1)}].");
        var exponent = Special.Log1P(sigma * sigma);
        var slope = BetaMaximum - BetaMinimum;
        // The root of ½·slope·u² + βmin·u = exponent, in the form that does not cancel for a slope near 0.
        return Math.Min(1, 2 * exponent / (BetaMinimum + Math.Sqrt(BetaMinimum * BetaMinimum + 2 * slope * exponent)));
    }

    /// <summary>The discrete schedule that has ᾱ(s/N) at level s, exactly.</summary>
    /// <param name="steps">N, at least 1.</param>
    public NoiseSchedule Discretise(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var betas = new double[steps];
        for (var i = 0; i < steps; i++)
            betas[i] = -Special.ExpM1(Exponent(i / (double)steps) - Exponent((i + 1) / (double)steps));
        return NoiseSchedule.FromBetas(betas);
    }

    private double Exponent(double time)
    {
        Check(time);
        return time * BetaMinimum + 0.5 * time * time * (BetaMaximum - BetaMinimum);
    }

    private static double Check(double time) =>
        time is >= 0 and <= 1
            ? time
            : throw new ArgumentOutOfRangeException(nameof(time), time, "The time must be in [0, 1].");
}
