using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.ProbeSearching;

/// <summary>Options of <see cref="ProbeSearch"/>.</summary>
public sealed record ProbeSearchOptions
{
    /// <summary>Frames of a trial, at least 4: those nearest to the middle of the scan.</summary>
    public int Frames
    {
        get;
        init => field = Require.AtLeast(value, 4, nameof(Frames));
    } = 100;

    /// <summary>Sweeps of rPIE in a trial, at least 1.</summary>
    public int Sweeps
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Sweeps));
    } = 20;

    /// <summary>The widest probe that is tried, as a part of the window, above .1 and at most 1.</summary>
    public double LargestDiameter
    {
        get;
        init => field = Require.Between(value, 0.1, 1, nameof(LargestDiameter));
    } = 0.75;

    /// <summary>Seed of the order of frames.</summary>
    public ulong Seed { get; init; }
}
