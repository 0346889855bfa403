using System.Globalization;

namespace Ptycho.IO.Png.Figures;

/// <summary>A labelled mark beside a colour bar.</summary>
/// <param name="Value">Where, in the bar's units.</param>
/// <param name="Label">The text.</param>
public readonly record struct AxisTick(double Value, string Label)
{
    /// <summary>−π, −π/2, 0, π/2, π.</summary>
    public static IReadOnlyList<AxisTick> Phase { get; } =
    [new(-Math.PI, "−π"), new(-Math.PI / 2, "−π/2"), new(0, "0"), new(Math.PI / 2, "π/2"), new(Math.PI, "π")];

    /// <summary>Round values (1, 2 or 5 times a power of ten apart) that lie in a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="maximumCount">At most so many ticks, at least 2.</param>
    public static IReadOnlyList<AxisTick> Round(ValueRange range, int maximumCount = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumCount, 2);
        var width = range.High - range.Low;
        var exponent = (int)Math.Floor(Math.Log10(width / maximumCount));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5, 10, 20, 50, 100])
        {
            var step = factor * Math.Pow(10, exponent);
            // A little slack keeps an end that is round but for rounding errors.
            var first = Math.Ceiling(range.Low / step - 1e-9);
            var last = Math.Floor(range.High / step + 1e-9);
            if (last - first + 1 > maximumCount)
                continue;
            var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
            var ticks = new List<AxisTick>();
            for (var k = first; k <= last; k++)
                // Adding 0 turns a negative zero into a plain one.
                ticks.Add(new AxisTick(k * step + 0.0, Text(k * step + 0.0, decimals)));
            return ticks;
        }
        return [];
    }

    private static string Text(double value, int decimals) =>
        decimals > 4 || Math.Abs(value) >= 1e6
            ? value.ToString("0.##e0", CultureInfo.InvariantCulture).Replace('-', '−')
            : value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');
}
