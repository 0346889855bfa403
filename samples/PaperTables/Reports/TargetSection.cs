using System.Globalization;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Each target, met or missed.</summary>
internal static class TargetSection
{
    public static string Of(IReadOnlyList<Target> targets, Findings findings)
    {
        var table = new MarkdownTable("overlap %", "n", "NRMSE", "at most", "", "SSIM", "at least", "");
        foreach (var target in targets)
            table.Add(
                Text($"{target.Overlap}"),
                Text($"{TableOneSection.Default(findings, target.Overlap)?.N ?? 0}"),
                Value(target.Nrmse),
                Text($"{target.NrmseAtMost:F3}"),
                Mark(target.NrmseMet),
                Value(target.Ssim),
                Text($"{target.SsimAtLeast:F3}"),
                Mark(target.SsimMet)
            );
        var met = targets.Count(t => t.NrmseMet is true) + targets.Count(t => t.SsimMet is true);
        return $"""
            The preset Default (at most {Target.Evaluations} network evaluations, no gradient through the network), probe H,
            one prior, no retraining: {met} of {2 * targets.Count} targets met.

            {table}
            """;
    }

    private static string Mark(bool? met) =>
        met switch
        {
            true => "met",
            false => "**missed**",
            null => "not measured",
        };

    private static string Value(double? value) => value is { } v ? Text($"{v:F3}") : MarkdownTable.None;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
