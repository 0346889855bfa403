using System.Globalization;
using Ptycho.Samples.PaperTables.Experiments;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Other scans, another probe, other doses; no option is changed.</summary>
internal static class GeneralisationSection
{
    public static string Scans(Findings findings)
    {
        var table = Table(
            findings.Rows.Where(row => row.Table == Tables.Scans),
            "probe, scan, overlap",
            row => Text($"{row.Probe}, {row.Scan}, {row.Overlap} %")
        );
        return table.Length == 0
            ? ""
            : $"""
                Jittered: each position of the raster moved by up to {Scenes.Scans.Jitter} px on both axes. Spiral: a Fermat
                spiral of as many positions, which leaves the corners of the field dark. Overhanging: the outer windows reach
                beyond the object. The paper, with other positions of 20 %: proposed {PaperNumbers.ProposedElsewhere.Nrmse} and
                {PaperNumbers.ProposedElsewhere.Ssim} (from .116 and .899), U-Net {PaperNumbers.UNetElsewhere.Nrmse} and
                {PaperNumbers.UNetElsewhere.Ssim} (from .135 and .854).

                {table}
                """;
    }

    public static string Dose(Findings findings) =>
        Table(
            findings.Rows.Where(row => row.Table == Tables.Dose),
            "peak counts, overlap",
            row => Text($"{row.PeakCounts:E0}, {row.Overlap} %")
        );

    private static string Table(IEnumerable<Row> rows, string title, Func<Row, string> name)
    {
        var table = new MarkdownTable(title, "method", "n", "NRMSE", "SSIM", "phase error (rad)", "phase flags");
        foreach (var row in rows)
            table.Add(
                name(row),
                row.Method,
                Text($"{row.N}"),
                new Score(row.NrmseMean, row.NrmseStd).ToString(),
                new Score(row.SsimMean, row.SsimStd).ToString(),
                Text($"{row.PhaseErrorMean:F3}"),
                Text($"{row.PhaseFlags}")
            );
        return table.IsEmpty ? "" : table.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
