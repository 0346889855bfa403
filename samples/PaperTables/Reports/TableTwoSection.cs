using System.Globalization;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Table II: the U-Net by overlap of training and of test, the paper's below ours.</summary>
internal static class TableTwoSection
{
    public static string Of(Findings findings)
    {
        var rows = findings.Rows.Where(row => row.Table == Tables.Two).ToArray();
        if (!rows.Any(row => MethodNames.UsesUNet(row.Method)))
            return "";
        var trained = rows.Where(row => MethodNames.UsesUNet(row.Method))
            .Select(row => MethodNames.TrainingOverlap(row.Method, row.Overlap))
            .Distinct()
            .Order()
            .ToArray();
        var table = new MarkdownTable([
            "tested at %",
            "",
            .. trained.Select(overlap => Text($"U-Net of {overlap} %")),
            "Default, one prior",
        ]);
        foreach (var tested in rows.GroupBy(row => row.Overlap).OrderBy(group => group.Key))
        {
            Row? Of(string method) => tested.FirstOrDefault(row => row.Method == method);
            Row?[] ours =
            [
                .. trained.Select(overlap => Of(MethodNames.UNetTrainedAt(overlap))),
                Of(MethodNames.Default),
            ];
            PaperScore?[] paper = [.. trained.Select(o => PaperNumbers.TableTwo.GetValueOrDefault((tested.Key, o)))];
            var first = Text($"{tested.Key}");
            table.Add([first, "NRMSE", .. ours.Select(row => Show(row, r => new Score(r.NrmseMean, r.NrmseStd)))]);
            table.Add(["", "SSIM", .. ours.Select(row => Show(row, r => new Score(r.SsimMean, r.SsimStd)))]);
            if (paper.All(score => score is null))
                continue;
            var proposed = PaperNumbers.TableOne.GetValueOrDefault(tested.Key)?.Proposed;
            table.Add(["", "paper: NRMSE", .. paper.Append(proposed).Select(p => Show(p, x => x.Nrmse))]);
            table.Add(["", "paper: SSIM", .. paper.Append(proposed).Select(p => Show(p, x => x.Ssim))]);
        }
        return $"""
            The last column is not retrained: one prior for all overlaps (the paper's figures there are its proposed method's).

            {table}
            """;
    }

    private static string Show<T>(T? value, Func<T, Score> score)
        where T : class => value is null ? MarkdownTable.None : score(value).ToString();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
