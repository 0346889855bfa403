using System.Collections.Immutable;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>Quantiles of one quantity, pixel by pixel.</summary>
/// <param name="Probabilities">The probabilities, rising.</param>
/// <param name="Values">One plane [H, W], row-major, for each.</param>
public sealed record PixelBand(ImmutableArray<double> Probabilities, IReadOnlyList<float[]> Values);
