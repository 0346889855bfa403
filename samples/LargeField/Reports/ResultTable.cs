using System.Globalization;
using Ptycho.Samples.LargeField.Methods;
using Spectre.Console;

namespace Ptycho.Samples.LargeField.Reports;

/// <summary>The numbers on the console.</summary>
internal static class ResultTable
{
    // Off a terminal the width is a guess, and a folded table is hard to read; so are its escape sequences.
    private const int PlainWidth = 120;

    public static void Print(IReadOnlyList<FieldRun> runs)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = PlainWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("method", "NRMSE", "SSIM", "phase error (rad)", "border/interior error", "steps", "seconds");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var run in runs)
            table.AddRow(
                run.Method,
                Text($"{run.Nrmse:F3}"),
                Text($"{run.Ssim:F3}"),
                Text($"{run.PhaseError:F3}"),
                run.Seams is { } e ? Text($"{e.ErrorRatio:F3} ± {e.ErrorRatioSpread:F3}") : "",
                run.Seams is { } s ? Text($"{s.StepRatio:F3} ± {s.StepRatioSpread:F3}") : "",
                Text($"{run.Result.ComputeTime.TotalSeconds:F1}")
            );
        AnsiConsole.Write(table);
        foreach (var run in runs)
            if (run is { Seams: { } own, ControlSeams: { } control })
                Console.WriteLine(
                    Text(
                        $"At the same lines with {run.Method} elsewhere: error {control.ErrorRatio:F3}, steps {control.StepRatio:F3}; the lines add {own.ErrorRatio / control.ErrorRatio - 1:P1} and {own.StepRatio / control.StepRatio - 1:P1}."
                    )
                );
    }

    public static void PrintFiles(string folder)
    {
        Console.WriteLine($"Picture: {Path.Combine(folder, ResultFolder.Sheet)}");
        Console.WriteLine($"Numbers: {Path.Combine(folder, ResultFolder.Summary)}");
        Console.WriteLine($"Objects: {Path.Combine(folder, ResultFolder.Arrays)}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
