using Ptycho.Solvers.Reconstruction;
using Spectre.Console;

namespace Ptycho.Samples.Shared.Display;

/// <summary>Shows a solver at work: a bar with residual, rate and time left on a terminal, plain lines elsewhere.</summary>
public static class SolveDisplay
{
    /// <summary>Does the work while showing it, and returns what it returns.</summary>
    /// <param name="name">The solver, or what else is being done.</param>
    /// <param name="work">Gets what to report to, on its own thread.</param>
    public static T Run<T>(string name, Func<IProgress<ReconstructionProgress>, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return work(new ProgressLines(name, Console.Out));
        var state = new StateColumn();
        return AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                state
            )
            .Start(context => work(new ProgressBarReport(name, context.AddTask(Markup.Escape(name)), state)));
    }
}
