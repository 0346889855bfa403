using System.Globalization;
using Ptycho.Samples.PaperTables.Runs;
using Spectre.Console;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>Shows work going on: a bar on a terminal, plain lines elsewhere.</summary>
internal static class CampaignDisplay
{
    public static void Show(
        string experiment,
        int asked,
        int impossible,
        IReadOnlyList<Cell> missing,
        Action<Action<CellResult>> work
    )
    {
        Console.WriteLine(
            $"{experiment}: {asked} reconstructions, {asked - impossible - missing.Count} there already, {missing.Count} to do"
                + (impossible > 0 ? $", {impossible} without their U-Net (train-unet makes them)" : "")
        );
        if (missing.Count == 0)
            return;
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            WithLines(missing.Count, work);
        else
            WithBar(experiment, missing.Count, work);
    }

    private static void WithLines(int count, Action<Action<CellResult>> work)
    {
        var done = 0;
        work(result =>
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Interlocked.Increment(ref done)}/{count}  {result.ToCell().Name}: NRMSE {result.Nrmse:F3}, SSIM {result.Ssim:F3}, {result.Seconds:F1} s"
                )
            )
        );
    }

    private static void WithBar(string experiment, int count, Action<Action<CellResult>> work) =>
        AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn()
            )
            .Start(context =>
            {
                var task = context.AddTask(experiment, maxValue: count);
                work(_ => task.Increment(1));
            });
}
