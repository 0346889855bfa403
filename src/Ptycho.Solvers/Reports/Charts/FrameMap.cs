using System.Globalization;
using System.Text;
using Ptycho.IO.Png;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Charts;

/// <summary>A number of each frame, as coloured dots where the frames lie on the object.</summary>
internal sealed record FrameMap(string Title, string Description, string Label)
{
    private const double Longest = 340;
    private const int Colours = 48;

    /// <summary>Rows and columns of the object.</summary>
    public required (int Height, int Width) ObjectSize { get; init; }

    /// <summary>Middles of the windows, pixels of the object.</summary>
    public required IReadOnlyList<ScanPosition> Middles { get; init; }

    /// <summary>Distance of neighbours, pixels.</summary>
    public required double Step { get; init; }

    /// <summary>One a frame; what is not finite is left out.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    public Markup Draw(string id)
    {
        var unit = Longest / Math.Max(ObjectSize.Height, ObjectSize.Width);
        var (width, height) = (unit * ObjectSize.Width, unit * ObjectSize.Height);
        var largest = Values.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var scale = new ColorScale(ColorMap.Viridis, new ValueRange(0, largest > 0 ? largest : 1), Label);
        var dot = Math.Clamp(0.8 * Step * unit, 2.5, 22);
        // Room for the dots at the edge.
        return Markup.Of(
            $"""
            <figure class="map"><svg viewBox="-12 -12 {width + 24:F1} {height
                + 24:F1}" role="img" aria-labelledby="{id}-t {id}-d">
            <title id="{id}-t">{Title}</title><desc id="{id}-d">{Description}</desc>
            <rect class="frame" x="0" y="0" width="{width:F1}" height="{height:F1}"/>
            {Dots(unit, dot, scale)}</svg>{scale.Draw(
                id + "-s"
            )}<figcaption><strong>{Title}.</strong> {Description}</figcaption></figure>
            """
        );
    }

    // Dots of one colour are one path, so that ten thousand frames stay a small file.
    private IEnumerable<Markup> Dots(double unit, double dot, ColorScale scale) =>
        Enumerable
            .Range(0, Values.Count)
            .Where(k => double.IsFinite(Values[k]))
            .GroupBy(k => Math.Min(Colours - 1, (int)(Colours * scale.Range.Position(Values[k]))))
            .OrderBy(group => group.Key)
            .Select(group =>
            {
                var path = new StringBuilder();
                foreach (var k in group)
                    path.Append(
                        CultureInfo.InvariantCulture,
                        $"M{Middles[k].Column * unit:F1} {Middles[k].Row * unit:F1}h0"
                    );
                var colour = scale.Map.Map((group.Key + 0.5) / Colours);
                return Markup.Of(
                    $"""<path class="rim" stroke-width="{dot + Math.Min(1.6, 0.2 * dot):F1}" d="{path.ToString()}"/><path class="dots" stroke="#{colour.R:x2}{colour.G:x2}{colour.B:x2}" stroke-width="{dot:F1}" d="{path.ToString()}"/>"""
                );
            });
}
