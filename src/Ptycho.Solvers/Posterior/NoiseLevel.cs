using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Posterior;

/// <summary>σ_a of a measurement.</summary>
internal static class NoiseLevel
{
    /// <summary>
    /// The noise that the counts give, or, for data of unknown or no noise, a floor relative to the strongest amplitude:
    /// a half count where the strongest pixel counted 1e6.
    /// </summary>
    internal static double Of(Measurement measurement)
    {
        if (measurement.Data.AmplitudeNoise is { } noise)
            return noise;
        var largest = measurement.Data.ToAmplitudes().Max();
        return largest > 0
            ? 0.5e-3 * largest
            : throw new ArgumentException("All measured amplitudes are 0.", nameof(measurement));
    }
}
