using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Guidance;

/// <summary>How diffusion posterior sampling with time travel runs.</summary>
public sealed record DpsOptions
{
    /// <summary>
    /// N = 1000 and j = 10 as Cam et al. (arXiv:2502.18767, section III) report: 10,900 network evaluations, each with a
    /// gradient. Their ζ is not published; the one here is ours.
    /// </summary>
    public static DpsOptions Paper => new() { Steps = 1000, TravelLength = 10 };

    /// <summary>N, the noise levels visited, evenly spaced over the schedule.</summary>
    public int Steps
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(Steps));
    } = 1000;

    /// <summary>j, how many steps the state travels back after each step down; 0 is plain DPS.</summary>
    public int TravelLength
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(TravelLength));
    } = 10;

    /// <summary>
    /// ζ, with the meaning that the step rule gives it. 0.05 was the best of 0.05…1 for the normalised rule and 40 cold
    /// steps on validation crops (docs/results.md); it was not searched at the paper's budget.
    /// </summary>
    public double StepSize
    {
        get;
        init => field = Require.Positive(value, nameof(StepSize));
    } = 0.05;

    /// <summary>How the gradient becomes a step.</summary>
    public StepRule StepRule
    {
        get;
        init => field = Require.Defined(value, nameof(StepRule));
    } = StepRule.Normalized;

    /// <summary>The energy that guides.</summary>
    public GuidanceEnergy Energy
    {
        get;
        init => field = Require.Defined(value, nameof(Energy));
    } = GuidanceEnergy.AbsoluteNorm;

    /// <summary>Take the step's variance from the network where it has learned one; otherwise β̃.</summary>
    public bool LearnedVariance { get; init; }

    /// <summary>Share of the step's random noise: 1 is DDPM, 0 is deterministic as DDIM.</summary>
    public double Noise
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(Noise));
    } = 1;

    /// <summary>
    /// The noisiest level at which a warm start enters, in σ; null starts from pure noise, as the paper does.
    /// </summary>
    public double? WarmStartSigma
    {
        get;
        init => field = value is { } sigma ? Require.Positive(sigma, nameof(WarmStartSigma)) : null;
    }

    /// <summary>Objects sampled at once.</summary>
    public int Chains
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Chains));
    } = 1;

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; }
}
