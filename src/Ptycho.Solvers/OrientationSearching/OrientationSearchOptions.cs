using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.OrientationSearching;

/// <summary>Options of <see cref="OrientationSearch"/>.</summary>
public sealed record OrientationSearchOptions
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

    /// <summary>
    /// Whether nothing is known of the probe, so that each trial searches for one
    /// (<see cref="ProbeSearching.ProbeSearch"/>), which takes ten times as long. Twins cannot be told apart then, and four
    /// orientations are tried instead of eight.
    /// </summary>
    public bool SearchProbe { get; init; }

    /// <summary>Seed of the order of frames.</summary>
    public ulong Seed { get; init; }
}
