using System.Globalization;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>A scale bar over a picture of the page, in its lower left corner.</summary>
internal static class ScaleOverlay
{
    private const double Width = 340;
    private const double Margin = 12;

    /// <param name="height">Rows of the field, before any reduction.</param>
    /// <param name="width">Columns of the field.</param>
    /// <param name="pixel">Height and width of its pixel, m; null for a bar that counts pixels.</param>
    public static Markup Of(int height, int width, (double Height, double Width)? pixel)
    {
        var bar = LengthBar.For(width, pixel?.Width);
        var (tall, length) = (Width * height / width, Width * bar.LengthPixels / width);
        return Markup.Of(
            $"""
            <svg class="bar" viewBox="0 0 {Text(Width)} {Text(tall)}" role="img" aria-label="Scale bar: {bar.Label}"><rect x="{Text(Margin)}" y="{Text(
                tall - Margin - 4
            )}" width="{Text(length)}" height="4"/><text x="{Text(Margin)}" y="{Text(tall - Margin - 9)}">{bar.Label}</text></svg>
            """
        );
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
