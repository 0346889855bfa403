using System.Globalization;

namespace Ptycho.IO.Png;

/// <summary>The numbers that a picture shows, from the first colour to the last.</summary>
public readonly record struct ValueRange
{
    /// <summary>A range from low to high.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not finite, or high is not above low.</exception>
    public ValueRange(double low, double high)
    {
        if (!double.IsFinite(low))
            throw new ArgumentOutOfRangeException(nameof(low), low, "The low end must be finite.");
        if (!double.IsFinite(high) || high <= low)
            throw new ArgumentOutOfRangeException(
                nameof(high),
                high,
                string.Create(CultureInfo.InvariantCulture, $"The high end must be finite and above {low}.")
            );
        Low = low;
        High = high;
    }

    /// <summary>From −π to π.</summary>
    public static ValueRange Phase => new(-Math.PI, Math.PI);

    /// <summary>The value of the first colour.</summary>
    public double Low { get; }

    /// <summary>The value of the last colour.</summary>
    public double High { get; }

    /// <summary>The range of the finite values; when all are equal, one of width 1 around them.</summary>
    /// <exception cref="ArgumentException">No value is finite.</exception>
    public static ValueRange Of(ReadOnlySpan<float> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (low > high)
            throw new ArgumentException("None of the values is finite.", nameof(values));
        // A width that vanishes beside the values would not survive the arithmetic.
        return high - low > 1e-12 * Math.Abs(high) ? new ValueRange(low, high) : new ValueRange(low - 0.5, high + 0.5);
    }

    /// <summary>Where a value lies: 0 at Low, 1 at High.</summary>
    public double Position(double value) => (value - Low) / (High - Low);
}
