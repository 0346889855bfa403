using System.Globalization;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>A scale bar over a picture of the page, in its lower left corner.</summary>
internal static class ScaleOverlay
{
    /// <param name="width">Columns of the field, before any reduction.</param>
    /// <param name="pixel">Height and width of its pixel, m; null for a bar that counts pixels.</param>
    public static Markup Of(int width, (double Height, double Width)? pixel)
    {
        var bar = LengthBar.For(width, pixel?.Width);
        var percent = (100.0 * bar.LengthPixels / width).ToString("0.##", CultureInfo.InvariantCulture);
        return Markup.Of(
            $"""<span class="bar" role="img" aria-label="Scale bar: {bar.Label}"><b>{bar.Label}</b><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="{percent}" height="1"/></svg></span>"""
        );
    }
}
