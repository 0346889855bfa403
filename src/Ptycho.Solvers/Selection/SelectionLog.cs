using Microsoft.Extensions.Logging;

namespace Ptycho.Solvers.Selection;

/// <summary>Log messages about the choice of a solver.</summary>
internal static partial class SelectionLog
{
    internal static void Report(ILoggerFactory? factory, SolverChoice choice)
    {
        if (factory is null)
            return;
        var logger = factory.CreateLogger(typeof(Ptychography).FullName!);
        foreach (var warning in choice.Preflight.Warnings)
            Warned(logger, warning);
        Chose(logger, choice.Solver.Name, choice.Reason);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Solver}: {Reason}")]
    private static partial void Chose(ILogger logger, string solver, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void Warned(ILogger logger, string warning);
}
