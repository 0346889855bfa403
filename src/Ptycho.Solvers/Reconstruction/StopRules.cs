using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>When an iterative solver ends; the first rule that holds decides.</summary>
public sealed record StopRules
{
    /// <summary>Iterations at most, at least 1. State it with every number: more is not always better.</summary>
    public int Iterations
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Iterations));
    } = 300;

    /// <summary>Stop when the relative amplitude residual is at most this; 0 (the default) never does.</summary>
    public double ResidualTarget
    {
        get;
        init => field = Require.NotNegative(value, nameof(ResidualTarget));
    }

    /// <summary>
    /// Stop when the residual fell by less than this fraction over <see cref="StagnationWindow"/> iterations; 0 (the
    /// default) never does.
    /// </summary>
    public double StagnationTolerance
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(StagnationTolerance));
    }

    /// <summary>Iterations over which stagnation is judged, at least 1.</summary>
    public int StagnationWindow
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(StagnationWindow));
    } = 20;

    /// <summary>The rule that holds after the last of these residuals, or null to go on.</summary>
    /// <param name="history">Residuals of all iterations so far, at least one.</param>
    public StopReason? Judge(ReadOnlySpan<double> history)
    {
        if (ResidualTarget > 0 && history[^1] <= ResidualTarget)
            return StopReason.ResidualReached;
        if (
            StagnationTolerance > 0
            && history.Length > StagnationWindow
            && history[^1] > (1 - StagnationTolerance) * history[^(StagnationWindow + 1)]
        )
            return StopReason.Stagnated;
        return history.Length >= Iterations ? StopReason.IterationLimit : null;
    }
}
