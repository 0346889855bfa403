using System.Globalization;
using Ptycho.IO.Png;
using Ptycho.Solvers.Reports.Charts;
using Ptycho.Solvers.Reports.Html;
using Ptycho.Solvers.Reports.Pictures;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>The illumination that belongs to the object, and what became of the positions.</summary>
internal static class ProbeSection
{
    public static Markup Of(ReconstructionReport report)
    {
        var (result, measurement) = (report.Result, report.Measurement);
        var probe = result.Probe;
        var mode = FieldReduction.Reduce(probe.Modes[0], FieldReduction.Factor(probe.Height, probe.Width));
        var largest = Enumerable.Range(0, mode.Length).Max(i => double.Hypot(mode.Real[i], mode.Imaginary[i]));
        var magnitudes = new ColorScale(ColorMap.Viridis, new ValueRange(0, largest > 0 ? largest : 1), "magnitude");
        var phases = new ColorScale(ColorMap.CyclicPhase, ValueRange.Phase, "phase (rad)");
        var bar = ScaleOverlay.Of(probe.Width, report.ObjectPixel);
        var known = ReferenceEquals(probe, measurement.Probe) ? "The probe was known." : "The probe was refined.";
        var modes = probe.ModeCount > 1 ? Text($" It has {probe.ModeCount} modes; the first is shown.") : "";
        return Pieces.Section(
            "probe",
            "Probe and positions",
            Markup.Of(
                $"""
                <p>{known + modes} {Positions(report)}</p><div class="pair small">
                <figure><div class="stack">{ReportPicture.Of(
                    FieldImage.Magnitude(mode, magnitudes.Range, magnitudes.Map),
                    "Magnitude of the probe"
                )}{bar}</div>{magnitudes.Draw("probe-m")}<figcaption>Magnitude of the probe.</figcaption></figure>
                <figure><div class="stack">{ReportPicture.Of(
                    FieldImage.Phase(mode),
                    "Phase of the probe"
                )}{bar}</div>{phases.Draw("probe-p")}<figcaption>Phase of the probe.</figcaption></figure></div>
                """
            )
        );
    }

    private static string Positions(ReconstructionReport report)
    {
        if (report.Result.Positions is not { } found)
            return "The positions are those of the measurement.";
        double[] shifts =
        [
            .. found.Zip(report.Measurement.Positions, (a, b) => double.Hypot(a.Row - b.Row, a.Column - b.Column)),
        ];
        var rms = Math.Sqrt(shifts.Average(shift => shift * shift));
        return Text($"The positions were corrected by {rms:F2} pixels (rms), at most {shifts.Max():F2}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
