using System.Globalization;
using System.Text;
using Ptycho.IO.Png;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Charts;

/// <summary>Lines over two axes as SVG, with a legend where there are several.</summary>
internal sealed record LineChart(string Title, string Description, string XLabel, string YLabel)
{
    private const int Width = 420;
    private const int Height = 260;
    private const int Left = 56;
    private const int Right = 408;
    private const int Top = 14;
    private const int Bottom = 214;
    private const int MostPoints = 400;

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Fixed ends of the vertical axis; by default it fits the lines.</summary>
    public ValueRange? YRange { get; init; }

    /// <summary>A vertical mark with its text.</summary>
    public (double X, string Text)? Mark { get; init; }

    public Markup Draw(string id)
    {
        var x = ChartAxis.Linear(Ends(), Left, Right);
        var y = YRange is { } range
            ? ChartAxis.Linear(range, Bottom, Top)
            : ChartAxis.Fitting([.. Lines.SelectMany(line => line.Y)], Bottom, Top);
        return Markup.Of(
            $"""
            <figure class="chart"><svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="{id}-t {id}-d">
            <title id="{id}-t">{Title}</title><desc id="{id}-d">{Description}</desc>
            <g class="grid">{y.Ticks.Select(tick => Grid(y.Place(tick.Value), tick.Label))}{x.Ticks.Select(tick =>
                Tick(x.Place(tick.Value), tick.Label)
            )}</g>
            {Lines.Select(line => Line(line, x, y))}{Marked(x)}
            <text class="label" x="{(Left + Right) / 2}" y="{Height - 8}" text-anchor="middle">{XLabel}</text>
            <text class="label" transform="translate(13 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">{YLabel}</text>
            </svg>{Legend()}<figcaption><strong>{Title}.</strong> {Description}</figcaption></figure>
            """
        );
    }

    private ValueRange Ends()
    {
        var (low, high) = (Lines.Min(line => line.X[0]), Lines.Max(line => line.X[^1]));
        return high > low ? new ValueRange(low, high) : new ValueRange(low - 0.5, low + 0.5);
    }

    private static Markup Grid(double y, string label) =>
        Markup.Of(
            $"""<line x1="{Left}" x2="{Right}" y1="{y:F1}" y2="{y:F1}"/><text x="{Left - 6}" y="{y + 4:F1}" text-anchor="end">{label}</text>"""
        );

    private static Markup Tick(double x, string label) =>
        Markup.Of(
            $"""<line x1="{x:F1}" x2="{x:F1}" y1="{Bottom}" y2="{Bottom + 5}"/><text x="{x:F1}" y="{Bottom + 19}" text-anchor="middle">{label}</text>"""
        );

    private static Markup Line(ChartLine line, ChartAxis x, ChartAxis y)
    {
        var points = new StringBuilder();
        var (count, stride) = (line.X.Count, (line.X.Count + MostPoints - 1) / MostPoints);
        foreach (var i in Enumerable.Range(0, count).Where(i => i % stride == 0 || i == count - 1))
            points.Append(CultureInfo.InvariantCulture, $"{x.Place(line.X[i]):F1},{y.Place(line.Y[i]):F1} ");
        return count == 1
            ? Markup.Of(
                $"""<circle class="{line.Style}" cx="{x.Place(line.X[0]):F1}" cy="{y.Place(line.Y[0]):F1}" r="3"/>"""
            )
            : Markup.Of($"""<polyline class="{line.Style}" points="{points.ToString().TrimEnd()}"/>""");
    }

    private Markup Marked(ChartAxis x)
    {
        if (Mark is not { } mark)
            return Markup.None;
        var place = x.Place(mark.X);
        var (anchor, shift) = place > (Left + Right) / 2 ? ("end", -5) : ("start", 5);
        return Markup.Of(
            $"""<line class="mark" x1="{place:F1}" x2="{place:F1}" y1="{Top}" y2="{Bottom}"/><text class="note" x="{place + shift:F1}" y="{Top + 12}" text-anchor="{anchor}">{mark.Text}</text>"""
        );
    }

    private Markup Legend() =>
        Lines.Count < 2
            ? Markup.None
            : Markup.Of(
                $"""<ul class="legend">{Lines.Select(line =>
                    Markup.Of(
                        $"""<li><svg viewBox="0 0 26 8" aria-hidden="true"><line class="{line.Style}" x1="1" x2="25" y1="4" y2="4"/></svg>{line.Name}</li>"""
                    )
                )}</ul>"""
            );
}
