using System.Globalization;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>What one reconstruction costs.</summary>
internal static class CostSection
{
    public static string Of(ResultsDocument document)
    {
        if (document.Cost.Count == 0)
            return "";
        var table = new MarkdownTable(
            "overlap %",
            "method",
            "threads",
            "network evaluations",
            "forward + adjoint evaluations",
            "s",
            "peak memory (MB)"
        );
        foreach (var row in document.Cost)
            table.Add(
                Text($"{row.Overlap}"),
                row.Method,
                Text($"{row.Threads}"),
                Text($"{row.NetworkEvaluations}"),
                Text($"{row.OperatorEvaluations}"),
                Text($"{row.Seconds:F2}"),
                Text($"{row.PeakMegabytes:F0}")
            );
        return $"""
            One reconstruction alone in its own process, the second of two runs; rPIE runs on one thread. Memory is the whole
            process's, with the runtime and, where a method needs it, libtorch. The paper: 10,000 evaluations of the forward and
            adjoint operators for every method.

            {table}
            """;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
