using System.Globalization;
using Ptycho.Samples.Demo.Methods;
using Spectre.Console;

namespace Ptycho.Samples.Demo.Reports;

/// <summary>The numbers on the console: every reconstruction, and the means.</summary>
internal static class ResultTable
{
    // Off a terminal the width is a guess, and a folded table is hard to read; so are its escape sequences.
    private const int PlainWidth = 100;

    public static void Print(IReadOnlyList<MethodRun> runs)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = PlainWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("overlap", "crop", "method", "NRMSE", "SSIM", "phase error (rad)", "seconds", "network eval.");
        foreach (var column in table.Columns.Where((_, i) => i != 2))
            column.RightAligned();
        foreach (var overlap in runs.GroupBy(run => run.Scene.Overlap))
        {
            foreach (var scene in overlap.GroupBy(run => run.Scene))
            {
                var best = scene.Min(run => run.Nrmse);
                foreach (var run in scene)
                    table.AddRow(Cells(CropRow.Of(run), run.Nrmse == best));
                table.AddEmptyRow();
            }
            foreach (var row in SummaryRow.Of(overlap))
                table.AddRow(Cells(row));
            table.AddEmptyRow();
        }
        table.RemoveRow(table.Rows.Count - 1);
        AnsiConsole.Write(table);
    }

    public static void PrintFiles(string folder)
    {
        Console.WriteLine($"Pictures:        {Path.Combine(folder, ResultFolder.Sheet)}");
        Console.WriteLine(
            $"Numbers:         {Path.Combine(folder, ResultFolder.Summary)} (means), {ResultFolder.Crops} (every crop)"
        );
        Console.WriteLine($"Reconstructions: {Path.Combine(folder, ResultFolder.Reconstructions)}");
    }

    private static string[] Cells(CropRow row, bool best)
    {
        string[] cells =
        [
            $"{row.Overlap} %",
            Text($"{row.Crop}"),
            row.Method,
            Text($"{row.Nrmse:F3}"),
            Text($"{row.Ssim:F3}"),
            Text($"{row.PhaseError:F3}"),
            Text($"{row.Seconds:F1}"),
            Text($"{row.NetworkEvaluations}"),
        ];
        return best ? [.. cells.Select(cell => $"[bold]{cell}[/]")] : cells;
    }

    private static string[] Cells(SummaryRow row) =>
        [
            $"{row.Overlap} %",
            "mean",
            row.Method,
            Text($"{row.Nrmse:F3}"),
            Text($"{row.Ssim:F3}"),
            Text($"{row.PhaseError:F3}"),
            Text($"{row.Seconds:F1}"),
            Text($"{row.NetworkEvaluations:F0}"),
        ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
