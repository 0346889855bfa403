using Ptycho.IO;
using Ptycho.Physics.Validation;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>Options of <see cref="AwfSolver"/>.</summary>
public sealed record AwfOptions
{
    /// <summary>When to end; 300 iterations by default.</summary>
    public StopRules Stop { get; init; } = new();

    /// <summary>What to start from when <see cref="InitialObject"/> is null.</summary>
    public StartObject Start { get; init; } = StartObject.DataScale;

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
    /// Threads to use, or 0 (the default) for one a processor. The result has the same bits for every number.
    /// </summary>
    public int Threads
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Threads));
    }

    /// <summary>How the probe is refined, or null (the default): it is known, and stays as it is, bit for bit.</summary>
    public ProbeRefinement? Refinement { get; init; }
}
