using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Simulation;

/// <summary>
/// What a counting detector does to intensities: Poisson(I·c + dark) plus Gaussian read-out noise, less the known mean
/// of the dark counts, never below 0. The gain c follows from one of two budgets.
/// </summary>
public sealed record DetectorNoise
{
    /// <summary>Expected counts of the brightest pixel of the scan, above 0; or null for the other budget.</summary>
    public double? PeakCounts
    {
        get;
        init => field = value is { } counts ? Require.Positive(counts, nameof(PeakCounts)) : null;
    }

    /// <summary>Expected counts of a frame, mean over the scan, above 0; or null for the other budget.</summary>
    public double? CountsPerFrame
    {
        get;
        init => field = value is { } counts ? Require.Positive(counts, nameof(CountsPerFrame)) : null;
    }

    /// <summary>Expected dark counts of a pixel in a frame, at least 0.</summary>
    public double DarkCounts
    {
        get;
        init => field = Require.NotNegative(value, nameof(DarkCounts));
    }

    /// <summary>Standard deviation of the read-out noise, counts, at least 0.</summary>
    public double ReadNoise
    {
        get;
        init => field = Require.NotNegative(value, nameof(ReadNoise));
    }

    /// <summary>Counts above which a pixel is full and stays there, above 0; null for no limit.</summary>
    public double? Saturation
    {
        get;
        init => field = value is { } counts ? Require.Positive(counts, nameof(Saturation)) : null;
    }
}
