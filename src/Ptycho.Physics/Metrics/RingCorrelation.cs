namespace Ptycho.Physics.Metrics;

/// <summary>A Fourier ring correlation, ring by ring; see <see cref="FourierRingCorrelation"/>.</summary>
/// <param name="Frequency">Mean spatial frequency of each ring, cycles a pixel (0.5 is the finest).</param>
/// <param name="Correlation">Correlation of each ring, in [−1, 1].</param>
/// <param name="HalfBit">The half-bit threshold of each ring.</param>
/// <param name="Resolution">
/// The first frequency, interpolated, at which the correlation falls below the threshold, cycles a pixel; null where it
/// never does, so that the resolution is better than the pixel can show.
/// </param>
public sealed record RingCorrelation(
    IReadOnlyList<double> Frequency,
    IReadOnlyList<double> Correlation,
    IReadOnlyList<double> HalfBit,
    double? Resolution
);
