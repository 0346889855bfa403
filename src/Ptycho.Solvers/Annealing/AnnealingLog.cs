using Microsoft.Extensions.Logging;
using Ptycho.Solvers.Posterior;

namespace Ptycho.Solvers.Annealing;

/// <summary>Log messages of the annealed solver.</summary>
internal static partial class AnnealingLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Solver}: the likelihood is {Likelihood}")]
    public static partial void Compares(ILogger logger, string solver, LikelihoodKind likelihood);
}
