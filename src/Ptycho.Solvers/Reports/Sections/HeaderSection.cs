using System.Globalization;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>What was done, in a sentence and in a few figures.</summary>
internal static class HeaderSection
{
    public static Markup Of(ReconstructionReport report)
    {
        var result = report.Result;
        var date = report.Created is { } created
            ? Markup.Of($"""<p class="date">{created.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>""")
            : Markup.None;
        return Markup.Of(
            $"""
            <header><h1>{report.Title}</h1>{date}
            <p class="lead">{result.Solver} {Ended(result)} after {Count(result.Iterations, "iteration")} and {Duration(result.ComputeTime)}.</p>
            <dl class="figures">{Figures(report).Select(figure =>
                Markup.Of($"<div><dt>{figure.Name}</dt><dd>{figure.Value}</dd></div>")
            )}</dl></header>
            """
        );
    }

    private static IEnumerable<(string Name, string Value)> Figures(ReconstructionReport report)
    {
        var (measurement, result) = (report.Measurement, report.Result);
        var data = measurement.Data;
        yield return ("Residual", Text($"{result.Residual:F4}"));
        if (result.FrameChiSquare?.Where(double.IsFinite).ToArray() is { Length: > 0 } chiSquares)
            yield return ("χ² a pixel, mean", Text($"{chiSquares.Average():F2}"));
        if (result.HeldOut is { } heldOut)
            yield return ("Residual of held-out frames", Text($"{heldOut.Residual:F4} ({heldOut.Frames.Count})"));
        yield return ("Frames", Text($"{data.FrameCount} of {data.Height}×{data.Width}"));
        yield return ("Object", Text($"{measurement.ObjectHeight}×{measurement.ObjectWidth} px"));
        if (report.ObjectPixel is { } pixel)
            yield return ("Object pixel", Text($"{pixel.Height * 1e9:G4}×{pixel.Width * 1e9:G4} nm"));
        if (result.NetworkEvaluations > 0)
            yield return ("Network evaluations", Text($"{result.NetworkEvaluations}"));
        if (result.DataShare is { Count: > 0 } share)
            yield return ("Decided by the data", Text($"{100 * share.Average():F0} %"));
    }

    private static string Ended(ReconstructionResult result) =>
        result.StopReason switch
        {
            StopReason.IterationLimit => "came to its limit",
            StopReason.ResidualReached => "reached the residual asked for",
            StopReason.Stagnated => "stagnated",
            StopReason.HeldOutRose => "stopped where it no longer predicted held-out frames better",
            StopReason.ScheduleCompleted => "came to the end of its schedule",
            var other => throw new ArgumentException($"{other} is none of {nameof(StopReason)}.", nameof(result)),
        };

    public static string Duration(TimeSpan time) =>
        time.TotalSeconds < 120 ? Text($"{time.TotalSeconds:F1} s") : Text($"{time.TotalMinutes:F1} min");

    private static string Count(int number, string noun) => Text($"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
