using System.Globalization;
using System.Text;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>The report for people, with the paper's figures in the same tables.</summary>
internal static class ReportMarkdown
{
    public static string Of(ResultsDocument document, Findings findings)
    {
        var text = new StringBuilder();
        Head(text, document);
        Section(text, "Targets", TargetSection.Of(document.Targets, findings));
        Section(text, "Beside the paper", ComparisonSection.Of(findings));
        Section(text, "Table I, probe H", TableOneSection.Of(findings, Probes.H));
        Section(text, "Table I, zone plate's probe", TableOneSection.Of(findings, Probes.ZonePlate));
        Section(text, "Table II: the U-Net away from its overlap", TableTwoSection.Of(findings));
        Section(text, "Other scans and another probe", GeneralisationSection.Scans(findings));
        Section(text, "Dose", GeneralisationSection.Dose(findings));
        Section(text, "Cost", CostSection.Of(document));
        Section(text, "Phase: ramps and steps", PhaseSection.Of(findings));
        Section(text, "What differs from the paper", Differences);
        Section(text, "Options", OptionsSection(document));
        Section(text, "Every crop of Default, probe H", PhaseSection.EveryCrop(findings));
        return text.ToString();
    }

    private const string Differences = """
        * The paper's probe, its cut of the images, its ζ and its scan's borders are not public. Probe H is synthetic: a
          bright core on a weak halo, phase curvature and aberrations; the second probe is computed from zone-plate optics
          and downsampled to 32×32, as the paper says of its own.
        * The four objects were recovered anew from the raw Fourier ptychography; our fourth has less contrast than the
          paper's pictures show. The constant object that fits best has an NRMSE of .255 on our test crops.
        * rPIE and AWF: the paper runs 10,000 iterations. At low overlap more iterations are worse on our data, so the
          counts here are chosen smaller (they stand in the options), and "AWF-best" is stopped at the iteration nearest to
          the truth, which only a simulation can do.
        * DPS with time travel is the paper's algorithm with our prior and our ζ, and with fewer steps unless the options
          say 1000 and 10. Its row shows that the method runs at that budget, not what it can reach.
        * The U-Net's training budget stands in its file and in the README of samples/PaperTables; the paper's is 19,000
          pairs and 800 epochs.
        * The paper has n = 50 test images; n here stands in every row. "better", "equal" and "worse" compare means, with
          two standard errors of their difference as the margin; they do not make the two experiments the same one.

        """;

    private static void Head(StringBuilder text, ResultsDocument document) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            # The paper's experiments

            Cam et al., arXiv:2502.18767, on blood-smear crops of 128×128 pixels from the right half of `aberration`, which no
            training and no choice of options has seen. Mean ± standard deviation over the crops. NRMSE: full frame, global phase
            free; SSIM: magnitudes, as scikit-image.

            * Command: `PaperTables {document.Command}`
            * Machine: {document.Machine.Processor}, {document.Machine.Cores} cores, {document.Machine.System}; {document.Settings.Workers} reconstructions at once with {document.Settings.ThreadsEach} thread each, {document.Settings.Precision}
            * Versions: {string.Join(", ", document.Versions.Select(v => $"{v.Key} {v.Value}"))}
            * Prior: {document.Prior.File}, SHA-256 {document.Prior.Sha256}
            * Seeds: crops and counts {document.Seeds.CropsAndCounts}, solvers {document.Seeds.Solvers}
            * Every number, crop by crop: results.json beside this file


            """
        );

    private static string OptionsSection(ResultsDocument document)
    {
        var table = new MarkdownTable("method", "options");
        foreach (var (method, options) in document.Options)
            table.Add(method, $"`{options.GetRawText()}`");
        return table.ToString();
    }

    private static void Section(StringBuilder text, string title, string body)
    {
        if (body.Length > 0)
            text.Append("## ").Append(title).Append("\n\n").Append(body.TrimEnd()).Append("\n\n");
    }
}
