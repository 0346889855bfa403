using System.Globalization;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;

namespace Ptycho.Solvers.Reports.Charts;

/// <summary>A linear or logarithmic axis between two ends of a drawing.</summary>
internal sealed class ChartAxis
{
    private readonly double _from;
    private readonly double _to;
    private readonly bool _logarithmic;
    private readonly ValueRange _range;

    private ChartAxis(ValueRange range, bool logarithmic, double from, double to) =>
        (_range, _logarithmic, _from, _to) = (range, logarithmic, from, to);

    /// <summary>The marks.</summary>
    public IReadOnlyList<AxisTick> Ticks => _logarithmic ? Decades() : AxisTick.Round(_range, 6);

    public static ChartAxis Linear(ValueRange range, double from, double to) => new(range, false, from, to);

    /// <summary>Logarithmic if all values are above 0 and span more than a factor of five, else linear from 0.</summary>
    public static ChartAxis Fitting(IReadOnlyCollection<double> values, double from, double to)
    {
        var (low, high) = (values.Min(), values.Max());
        if (low > 0 && high > 5 * low)
            return new ChartAxis(new ValueRange(Math.Log10(low) - 0.05, Math.Log10(high) + 0.05), true, from, to);
        return new ChartAxis(new ValueRange(Math.Min(0, low), high > 0 ? 1.05 * high : 1), false, from, to);
    }

    /// <summary>Where a value lies in the drawing.</summary>
    public double Place(double value) =>
        _from + Math.Clamp(_range.Position(_logarithmic ? Math.Log10(value) : value), 0, 1) * (_to - _from);

    private List<AxisTick> Decades()
    {
        var ticks = new List<AxisTick>();
        // Few decades leave room for marks within them.
        double[] factors = _range.High - _range.Low < 2.2 ? [1, 2, 5] : [1];
        for (var decade = Math.Floor(_range.Low); decade <= _range.High; decade++)
            foreach (var factor in factors)
            {
                var value = factor * Math.Pow(10, decade);
                if (Math.Log10(value) >= _range.Low && Math.Log10(value) <= _range.High)
                    ticks.Add(new AxisTick(value, value.ToString("G6", CultureInfo.InvariantCulture)));
            }
        return ticks;
    }
}
