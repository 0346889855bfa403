using System.Globalization;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Table I: a block of rows for each overlap, the paper's methods and ours.</summary>
internal static class TableOneSection
{
    public static string Of(Findings findings, string probe)
    {
        var rows = findings.Rows.Where(row => row.Table == Tables.One && row.Probe == probe).ToArray();
        if (rows.Length == 0)
            return "";
        var table = new MarkdownTable(
            "overlap %",
            "method",
            "n",
            "NRMSE",
            "SSIM",
            "phase error (rad)",
            "network evaluations",
            "s",
            "paper: NRMSE",
            "paper: SSIM"
        );
        foreach (var overlap in rows.GroupBy(row => row.Overlap).OrderBy(group => group.Key))
        {
            var (bestNrmse, bestSsim) = (overlap.Min(row => row.NrmseMean), overlap.Max(row => row.SsimMean));
            foreach (var row in overlap)
            {
                var paper = Paper(row);
                table.Add(
                    Text($"{row.Overlap}"),
                    row.Method,
                    Text($"{row.N}"),
                    Bold(new Score(row.NrmseMean, row.NrmseStd), row.NrmseMean == bestNrmse),
                    Bold(new Score(row.SsimMean, row.SsimStd), row.SsimMean == bestSsim),
                    Text($"{row.PhaseErrorMean:F3}"),
                    Text($"{row.NetworkEvaluations:F0}"),
                    Text($"{row.Seconds:F1}"),
                    paper?.Nrmse.ToString() ?? MarkdownTable.None,
                    paper?.Ssim.ToString() ?? MarkdownTable.None
                );
            }
        }
        return $"""
            Bold: best of an overlap. Seconds are those of one of several reconstructions at once; see Cost for one alone. The
            paper's "proposed" stands beside DPS, which is its algorithm.

            {table}
            """;
    }

    /// <summary>The row of the preset Default with probe H at an overlap, or null.</summary>
    public static Row? Default(Findings findings, int overlap) =>
        findings.Find(Tables.One, Probes.H, Scenes.Scans.Raster, overlap, MethodNames.Default);

    private static PaperScore? Paper(Row row) =>
        PaperNumbers.TableOne.TryGetValue(row.Overlap, out var paper)
            ? row.Method switch
            {
                MethodNames.Rpie => paper.Rpie,
                MethodNames.Awf => paper.Awf,
                MethodNames.UNet => paper.UNet,
                MethodNames.Dps => paper.Proposed,
                _ => null,
            }
            : null;

    private static string Bold(Score score, bool best) => best ? $"**{score}**" : score.ToString();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
