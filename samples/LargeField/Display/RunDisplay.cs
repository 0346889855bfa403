using Ptycho.Samples.LargeField.Methods;
using Spectre.Console;

namespace Ptycho.Samples.LargeField.Display;

/// <summary>Shows work going on: bars on a terminal, plain lines elsewhere.</summary>
internal static class RunDisplay
{
    /// <summary>Does the work while showing it, and returns what it returns.</summary>
    public static T Show<T>(IReadOnlyList<FieldMethod> methods, Func<IRunObserver, T> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return work(new LineObserver());
        return AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn()
            )
            .Start(context =>
                work(
                    new BarObserver(
                        methods.ToDictionary(
                            method => method.Name,
                            method => context.AddTask(method.Name, autoStart: false, maxValue: 1),
                            StringComparer.Ordinal
                        )
                    )
                )
            );
    }
}
