using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.Solvers.Reports.Charts;
using Ptycho.Solvers.Reports.Html;
using Ptycho.Solvers.Reports.Pictures;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>Magnitude and phase of the object, with a slider to what it is compared with.</summary>
internal static class ObjectSection
{
    public static Markup Of(ReconstructionReport report)
    {
        var view = new ObjectView(report);
        var magnitudes = new ColorScale(ColorMap.Gray, view.Magnitudes, "magnitude");
        var phases = view.Phases is { } weak
            ? new ColorScale(ColorMap.Viridis, weak, "phase (rad), its mean taken as 0")
            : new ColorScale(ColorMap.CyclicPhase, ValueRange.Phase, "phase (rad), its mean taken as 0");
        var size =
            view.Factor == 1
                ? Markup.None
                : Markup.Of(
                    $"<p>The pictures show the mean of {view.Factor}×{view.Factor} object pixels in one; the files have them all.</p>"
                );
        return Pieces.Section(
            "object",
            "Object",
            Markup.Of(
                $"""
                <div class="pair">{Figure("Magnitude", report, view, magnitudes, field =>
                    FieldImage.Magnitude(field, view.Magnitudes)
                )}{Figure("Phase", report, view, phases, field => FieldImage.Phase(field, 0, phases.Map, phases.Range)
                )}</div>{size}
                """
            )
        );
    }

    private static Markup Figure(
        string what,
        ReconstructionReport report,
        ObjectView view,
        ColorScale scale,
        Func<ComplexField, RgbImage> draw
    )
    {
        var id = what.ToLowerInvariant();
        var after = ReportPicture.Of(draw(view.After), $"{what} of the object: {report.Result.Solver}");
        var found = report.Result.Object;
        var bar = ScaleOverlay.Of(found.Width, report.ObjectPixel);
        if (view.Before is not { } before)
            return Markup.Of(
                $"""<figure><div class="stack">{after}{bar}</div>{scale.Draw(id + "-scale")}<figcaption>{what}</figcaption></figure>"""
            );
        return Markup.Of(
            $"""
            <figure class="compare" data-before="{report.BeforeName}" data-after="{report.Result.Solver}">
            <div class="stack">{after}{ReportPicture.Of(
                draw(before),
                $"{what} of the object: {report.BeforeName}",
                "before"
            )}{bar}
            <input type="range" min="0" max="100" value="50" step="1" aria-label="{what}: share of the picture that shows {report.BeforeName}"><span class="cut" aria-hidden="true"></span>
            <span class="tag left" aria-hidden="true">{report.BeforeName}</span><span class="tag right" aria-hidden="true">{report.Result.Solver}</span></div>
            {scale.Draw(
                id + "-scale"
            )}<figcaption>{what}. Left of the line: {report.BeforeName}; right of it: {report.Result.Solver}. Drag the line, or move it with the arrow keys.</figcaption></figure>
            """
        );
    }
}
