namespace Ptycho.Samples.SamplePrior;

/// <summary>How one set of objects differs from another.</summary>
/// <param name="MagnitudeEarthMover">Wasserstein-1 distance of the magnitudes.</param>
/// <param name="MagnitudeTotalVariation">Total variation of their histograms, 0 to 1.</param>
/// <param name="PhaseEarthMover">Wasserstein-1 distance of the phases, in radians.</param>
/// <param name="PhaseTotalVariation">Total variation of their histograms, 0 to 1.</param>
/// <param name="PowerRatios">Ratio of the mean powers in bands of spatial frequency.</param>
/// <param name="MeanAbsoluteDecibels">Mean over all rings of |10 log₁₀ ratio|.</param>
internal sealed record Comparison(
    double MagnitudeEarthMover,
    double MagnitudeTotalVariation,
    double PhaseEarthMover,
    double PhaseTotalVariation,
    IReadOnlyList<BandRatio> PowerRatios,
    double MeanAbsoluteDecibels
);

/// <summary>The ratio of powers in a band of spatial frequency, in cycles per pixel.</summary>
internal sealed record BandRatio(double From, double To, double Ratio);
