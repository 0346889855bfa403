using Ptycho.Samples.Demo.Methods;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Solvers.Reconstruction;
using Spectre.Console;

namespace Ptycho.Samples.Demo.Display;

/// <summary>Shows work going on: bars on a terminal, plain lines elsewhere.</summary>
internal static class RunDisplay
{
    /// <summary>Does the work while showing it, and returns what it returns.</summary>
    public static T Show<T>(
        IReadOnlyList<IReconstructionSolver> methods,
        IReadOnlyList<DemoScene> scenes,
        Func<IComparisonObserver, T> work
    )
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return work(new LineObserver(scenes.Count));
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
            {
                var tasks = methods.ToDictionary(
                    method => method.Name,
                    method => context.AddTask(method.Name, autoStart: false, maxValue: scenes.Count),
                    StringComparer.Ordinal
                );
                return work(new BarObserver(tasks));
            });
    }
}
