using System.Globalization;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Better, equal or worse than the best of the paper's columns, overlap by overlap.</summary>
internal static class ComparisonSection
{
    public static string Of(Findings findings)
    {
        var table = new MarkdownTable(
            "overlap %",
            "paper's best NRMSE",
            "ours",
            "",
            "paper's best SSIM",
            "ours",
            "",
            "paper's proposed: NRMSE, SSIM"
        );
        foreach (var (overlap, paper) in PaperNumbers.TableOne)
        {
            if (TableOneSection.Default(findings, overlap) is not { } row)
                continue;
            var (nrmse, ssim) = (new Score(row.NrmseMean, row.NrmseStd), new Score(row.SsimMean, row.SsimStd));
            table.Add(
                overlap.ToString(CultureInfo.InvariantCulture),
                paper.BestNrmse.ToString(),
                nrmse.ToString(),
                Verdict.Of(nrmse, row.N, paper.BestNrmse, lessIsBetter: true),
                paper.BestSsim.ToString(),
                ssim.ToString(),
                Verdict.Of(ssim, row.N, paper.BestSsim, lessIsBetter: false),
                $"{paper.Proposed.Nrmse}, {paper.Proposed.Ssim}"
            );
        }
        return table.IsEmpty
            ? ""
            : $"""
                Ours is the preset Default on probe H. The best column of the paper is its proposed method up to 50 % and AWF
                above (in SSIM at 62 % its proposed method again).

                {table}
                """;
    }
}
