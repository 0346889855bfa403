using System.Globalization;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reports.Charts;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>How well the object explains the data: residual by iteration, misfit by frame.</summary>
internal static class FitSection
{
    private const int Worst = 5;

    public static Markup Of(ReconstructionReport report) =>
        Pieces.Section(
            "fit",
            "How it explains the data",
            Markup.Of(
                $"""<div class="pair">{Residuals(report)}{WorstFrames(report)}</div><div class="pair">{Maps(report)}</div>"""
            )
        );

    private static Markup Residuals(ReconstructionReport report)
    {
        var history = report.Result.ResidualHistory;
        // A solver that does not measure it on its way gives the last one alone.
        if (history.Count < 2)
            return Markup.None;
        return new LineChart(
            "Residual by iteration",
            Text(
                $"Relative amplitude residual √(Σ(|Ψ| − a)²/Σa²): {history[0]:G3} after the first iteration, {history[^1]:G3} after the last, as measured on the way."
            ),
            "iteration",
            "residual"
        )
        {
            Lines =
            [
                new ChartLine(
                    "residual",
                    "line",
                    [.. Enumerable.Range(1, history.Count).Select(i => (double)i)],
                    history
                ),
            ],
        }.Draw("residual");
    }

    private static Markup Maps(ReconstructionReport report)
    {
        var (measurement, positions) = (report.Measurement, Positions(report));
        var misfit = new FrameMap(
            "Misfit by frame",
            "Each dot is a frame, at the middle of its window on the object.",
            "residual of the frame"
        )
        {
            ObjectSize = (measurement.ObjectHeight, measurement.ObjectWidth),
            Middles =
            [
                .. positions.Select(p => new ScanPosition(
                    p.Row + measurement.Data.Height / 2.0,
                    p.Column + measurement.Data.Width / 2.0
                )),
            ],
            Step = ScanCoverage.MedianStep(positions),
            Values = report.Result.FrameMisfit,
        };
        if (report.Result.FrameChiSquare is not { } chiSquares)
            return misfit.Draw("misfit");
        var chi = misfit with
        {
            Title = "χ² by frame",
            Description =
                "About 1 is what counting noise gives; far more means that the object does not explain the frame.",
            Label = "χ² a pixel",
            Values = chiSquares,
        };
        return Markup.Of($"{misfit.Draw("misfit")}{chi.Draw("chi")}");
    }

    private static Markup WorstFrames(ReconstructionReport report)
    {
        var (result, positions) = (report.Result, Positions(report));
        var worst = Enumerable
            .Range(0, result.FrameMisfit.Count)
            .OrderByDescending(k => result.FrameMisfit[k])
            .Take(Worst);
        return Pieces.Table(
            "Frames with the largest misfit",
            worst.Select(k =>
                (
                    Text($"Frame {k}"),
                    Text(
                        $"row {positions[k].Row:F1}, column {positions[k].Column:F1}: residual {result.FrameMisfit[k]:F4}"
                    ) + (result.FrameChiSquare is { } chi ? Text($", χ² {chi[k]:F2}") : "")
                )
            )
        );
    }

    private static ScanPattern Positions(ReconstructionReport report) =>
        report.Result.Positions ?? report.Measurement.Positions;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
