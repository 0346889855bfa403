using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Charts;

/// <summary>The colours of a picture with their values, as a strip below it.</summary>
internal sealed record ColorScale(ColorMap Map, ValueRange Range, string Label)
{
    private const int Stops = 32;
    private const int Left = 12;
    private const int Width = 316;

    public Markup Draw(string id)
    {
        var ticks = Range == ValueRange.Phase ? AxisTick.Phase : AxisTick.Round(Range);
        return Markup.Of(
            $"""
            <svg class="scale" viewBox="0 0 340 44" role="img" aria-label="Colours: {Label} from {ticks[
                0
            ].Label} to {ticks[^1].Label}">
            <defs><linearGradient id="{id}">{Enumerable.Range(0, Stops + 1).Select(Stop)}</linearGradient></defs>
            <rect x="{Left}" y="1" width="{Width}" height="9" fill="url(#{id})"/>
            {ticks.Select(Tick)}<text class="label" x="170" y="41" text-anchor="middle">{Label}</text></svg>
            """
        );
    }

    /// <summary>The colour of a value, as SVG has it.</summary>
    public string Color(double value) => Text(Map.Map(Range.Position(value)));

    private Markup Stop(int i) =>
        Markup.Of(
            $"""<stop offset="{100.0 * i / Stops:F2}%" stop-color="{Text(Map.Map(Math.Min((double)i / Stops, Map.IsCyclic ? 0.9999 : 1)))}"/>"""
        );

    private Markup Tick(AxisTick tick)
    {
        var x = Left + Width * Range.Position(tick.Value);
        return Markup.Of(
            $"""<line x1="{x:F1}" x2="{x:F1}" y1="10" y2="14"/><text x="{x:F1}" y="26" text-anchor="middle">{tick.Label}</text>"""
        );
    }

    private static string Text(Rgb color) => $"#{color.R:x2}{color.G:x2}{color.B:x2}";
}
