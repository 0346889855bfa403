using System.Collections.Immutable;

namespace Ptycho.Diffusion.Evaluation;

/// <summary>
/// The shares of values in equal bins between two ends; values beyond an end count in the bin there. Two histograms of
/// the same bins have distances.
/// </summary>
public sealed class ValueHistogram
{
    private ValueHistogram(double low, double high, ImmutableArray<double> shares) =>
        (Low, High, Shares) = (low, high, shares);

    /// <summary>The first bin's lower end.</summary>
    public double Low { get; }

    /// <summary>The last bin's upper end.</summary>
    public double High { get; }

    /// <summary>The share of values in each bin; their sum is 1.</summary>
    public ImmutableArray<double> Shares { get; }

    /// <summary>The width of a bin, in the values' unit.</summary>
    public double BinWidth => (High - Low) / Shares.Length;

    /// <summary>Counts values.</summary>
    /// <param name="values">At least one; all finite.</param>
    /// <param name="low">The first bin's lower end.</param>
    /// <param name="high">The last bin's upper end, above <paramref name="low"/>.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static ValueHistogram Of(ReadOnlySpan<float> values, double low, double high, int bins = 64)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !(low < high))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The upper end must be finite and above {low}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (values.IsEmpty)
            throw new ArgumentException("A histogram needs at least one value.", nameof(values));
        var counts = new long[bins];
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException($"Value {i} is {values[i]}, not a finite number.", nameof(values));
            counts[(int)Math.Clamp((values[i] - low) / (high - low) * bins, 0, bins - 1)]++;
        }
        var total = (double)values.Length;
        return new ValueHistogram(low, high, [.. counts.Select(count => count / total)]);
    }

    /// <summary>Total variation: half the sum of the shares' differences, 0 for equal and 1 for disjoint histograms.</summary>
    /// <exception cref="ArgumentException">The bins differ.</exception>
    public double TotalVariation(ValueHistogram other)
    {
        CheckBins(other);
        return Shares.Zip(other.Shares, (a, b) => Math.Abs(a - b)).Sum() / 2;
    }

    /// <summary>
    /// The Wasserstein-1 (earth mover's) distance in the values' unit: bin width times the sum of the differences of the
    /// cumulative shares. A shift of all values by d, within the ends, has distance d.
    /// </summary>
    /// <exception cref="ArgumentException">The bins differ.</exception>
    public double EarthMover(ValueHistogram other)
    {
        CheckBins(other);
        double sum = 0,
            difference = 0;
        for (var i = 0; i < Shares.Length; i++)
            sum += Math.Abs(difference += Shares[i] - other.Shares[i]);
        return sum * BinWidth;
    }

    private void CheckBins(ValueHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Low.Equals(other.Low) || !High.Equals(other.High) || Shares.Length != other.Shares.Length)
            throw new ArgumentException(
                $"The other histogram has {other.Shares.Length} bins on {other.Low}…{other.High}, this one {Shares.Length} "
                    + $"on {Low}…{High}.",
                nameof(other)
            );
    }
}
