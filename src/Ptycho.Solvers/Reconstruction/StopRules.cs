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

    /// <summary>
    /// Stop when frames that are held out say so; null (the default) uses all frames. For the classical solvers.
    /// </summary>
    public HeldOutRule? HeldOut { get; init; }

    /// <summary>The rule that holds after the last of these residuals, or null to go on.</summary>
    /// <param name="history">Residuals of all iterations so far, at least one.</param>
    /// <param name="heldOut">Those of the held-out frames; none by default.</param>
    public StopReason? Judge(ReadOnlySpan<double> history, ReadOnlySpan<double> heldOut = default)
    {
        if (HeldOut is { } rule && !heldOut.IsEmpty && heldOut.Length - 1 - IndexOfLowest(heldOut) >= rule.Patience)
            return StopReason.HeldOutRose;
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

    private static int IndexOfLowest(ReadOnlySpan<double> values)
    {
        var lowest = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] < values[lowest])
                lowest = i;
        return lowest;
    }
}
