using Ptycho.IO;
using Ptycho.Physics.Validation;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>Options of <see cref="AwfSolver"/>.</summary>
public sealed record AwfOptions
{
    /// <summary>When to end; 300 iterations by default.</summary>
    public StopRules Stop
    {
        get;
        init => field = Require.NotNull(value, nameof(Stop));
    } = new();

    /// <summary>What to start from when <see cref="InitialObject"/> is null.</summary>
    public StartObject Start
    {
        get;
        init => field = Require.Defined(value, nameof(Start));
    } = StartObject.DataScale;

    /// <summary>The object to start from, of the measurement's shape; null for <see cref="Start"/>. Not changed.</summary>
    public ComplexField? InitialObject { get; init; }

    /// <summary>Step in units of the largest stable one, 1/max_r Σ_k|P_k(r)|²; above 0. 1 is the published rule.</summary>
    public double StepFactor
    {
        get;
        init => field = Require.Positive(value, nameof(StepFactor));
    } = 1;

    /// <summary>Whether Nesterov's momentum is used; without it this is plain Wirtinger flow.</summary>
    public bool Accelerated { get; init; } = true;

    /// <summary>
    /// Strength κ of the smoothness penalty ½κ/μ Σ|o_i − o_j|² over neighbouring pixels, with μ the largest stable step
    /// of the data term; at least 0 (the default: none). It holds down what the data leave free, which at low overlap
    /// grows with the iterations (maximum likelihood with a regulariser: Thibault and Guizar-Sicairos, New J. Phys. 14,
    /// 063004, 2012). On the standard simulation 0.001 takes 40 to 60 % off the error at 20 to 50 % overlap.
    /// </summary>
    public double Smoothness
    {
        get;
        init => field = Require.NotNegative(value, nameof(Smoothness));
    }

    /// <summary>
    /// Threads to use, or 0 (the default) for one a processor. The result has the same bits for every number.
    /// </summary>
    public int Threads
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Threads));
    }

    /// <summary>How the probe is refined, or null (the default): it is known, and stays as it is, bit for bit.</summary>
    public ProbeRefinement? Refinement { get; init; }

    /// <summary>How the positions are corrected, or null (the default): they are known.</summary>
    public PositionCorrection? Correction { get; init; }
}
