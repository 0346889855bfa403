using System.Globalization;
using Ptycho.IO.Png;
using Ptycho.Solvers.Reports.Charts;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>To which fineness two halves of the data agree.</summary>
internal static class RingSection
{
    public static Markup Of(ReconstructionReport report)
    {
        if (report.RingCorrelation is not { } rings)
            return Markup.None;
        var chart = new LineChart(
            "Fourier ring correlation",
            "Two reconstructions, each from half of the frames, compared by spatial frequency.",
            "cycles a pixel",
            "correlation"
        )
        {
            Lines =
            [
                new ChartLine("correlation of the halves", "line", rings.Frequency, rings.Correlation),
                new ChartLine("half-bit threshold", "line dashed", rings.Frequency, rings.HalfBit),
            ],
            YRange = new ValueRange(Math.Min(0, rings.Correlation.Min()), 1.05),
            Mark = rings.Resolution is { } mark ? (mark, Text($"{mark:F3}")) : null,
        };
        return Pieces.Section(
            "rings",
            "Resolution",
            Markup.Of($"<p>{Words(report, rings.Resolution)}</p>{chart.Draw("frc")}")
        );
    }

    private static string Words(ReconstructionReport report, double? resolution)
    {
        if (resolution is not { } frequency)
            return "The halves agree down to the pixel: the resolution is better than it can show.";
        var period = 1 / frequency;
        var metres = report.ObjectPixel is { } pixel
            ? Text($", {period * Math.Sqrt(pixel.Height * pixel.Width) * 1e9:G3} nm")
            : "";
        return Text($"The halves agree up to {frequency:F3} cycles a pixel, a period of {period:F1} pixels{metres}. ")
            + "Agreement is not truth: what both halves get wrong in the same way, such as a prior's habit, agrees as well.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
