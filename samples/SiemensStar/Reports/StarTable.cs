using System.Globalization;
using Spectre.Console;

namespace Ptycho.Samples.SiemensStar.Reports;

/// <summary>The numbers on the console.</summary>
internal static class StarTable
{
    private const int PlainWidth = 100;

    public static void Print(string folder, StarComparison comparison)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = PlainWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("run", "frames", "iterations", "residual", "χ² a pixel", "modes", "seconds");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var run in StarSummary.Of(comparison).Runs)
            table.AddRow(
                run.Name,
                Text($"{run.Frames}"),
                Text($"{run.Iterations}"),
                Text($"{run.Residual:F4}"),
                run.ChiSquare is { } chiSquare ? Text($"{chiSquare:F2}") : "",
                string.Join(' ', run.ModePowers.Select(power => Text($"{power:F2}"))),
                Text($"{run.Seconds:F1}")
            );
        AnsiConsole.Write(table);
        if (comparison.Parts is { } parts)
        {
            Console.WriteLine($"ring correlation of the halves below half a bit: {StarSheet.Words(parts.Correlation)}");
            Console.WriteLine(
                $"of a quarter with the other half:                {StarSheet.Words(parts.QuarterCorrelation)}"
            );
        }

        foreach (var name in StarFiles.Names)
            Console.WriteLine(Path.Combine(folder, name));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
