namespace Ptycho.IO.Png.Figures;

/// <summary>The legend of a picture: its colours with values beside them, low at the bottom.</summary>
/// <param name="Map">The colours.</param>
/// <param name="Range">The values at the two ends.</param>
/// <param name="Ticks">The marks; those outside the range are left out.</param>
/// <param name="Label">A text beside the labels, running upwards; may be empty.</param>
public sealed record ColorBar(ColorMap Map, ValueRange Range, IReadOnlyList<AxisTick> Ticks, string Label = "")
{
    private const int BarWidth = 7;
    private const int TickLength = 2;
    private const int Gap = 2;

    /// <summary>A bar with round numbers.</summary>
    public static ColorBar Linear(ColorMap map, ValueRange range, string label = "") =>
        new(map, range, AxisTick.Round(range), label);

    /// <summary>The bar of <see cref="ColorMap.CyclicPhase"/> (or another map) from −π to π.</summary>
    public static ColorBar Phase(string label = "", ColorMap? map = null) =>
        new(map ?? ColorMap.CyclicPhase, ValueRange.Phase, AxisTick.Phase, label);

    /// <summary>The width that <see cref="Draw"/> takes.</summary>
    public int Width(TextStyle style)
    {
        var labels = Shown().Select(tick => TextDrawing.Measure(tick.Label, style).Width).DefaultIfEmpty(0).Max();
        var title = Label.Length == 0 ? 0 : Gap * style.Scale + TextDrawing.Measure(Label, style).Height;
        return (BarWidth + TickLength + Gap) * style.Scale + labels + title;
    }

    /// <summary>Draws the bar; labels reach at most half a line over its ends.</summary>
    /// <param name="image">Where to draw.</param>
    /// <param name="left">The bar's first column.</param>
    /// <param name="top">The bar's first row, the high end.</param>
    /// <param name="height">The bar's height, at least 2.</param>
    /// <param name="style">Colour (of frame and text) and size.</param>
    public void Draw(RgbImage image, int left, int top, int height, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        var barWidth = BarWidth * style.Scale;
        for (var y = 0; y < height; y++)
        {
            var position = 1 - y / (height - 1.0);
            image.FillRectangle(left, top + y, barWidth, 1, Map.Map(position));
        }
        image.DrawRectangle(left - 1, top - 1, barWidth + 2, height + 2, style.Color);
        foreach (var tick in Shown())
        {
            var y = top + (int)Math.Round((height - 1) * (1 - Range.Position(tick.Value)));
            image.FillRectangle(left + barWidth, y, TickLength * style.Scale, 1, style.Color);
            var textLeft = left + barWidth + (TickLength + Gap) * style.Scale;
            image.DrawText(tick.Label, textLeft, y - style.CapHeight / 2, style);
        }
        var (length, thickness) = TextDrawing.Measure(Label, style);
        image.DrawTextUpwards(Label, left + Width(style) - thickness, top + (height + length) / 2, style);
    }

    private IEnumerable<AxisTick> Shown() =>
        Ticks.Where(tick => Range.Position(tick.Value) is >= -1e-6 and <= 1 + 1e-6);
}
