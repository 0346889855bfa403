using Microsoft.Extensions.Logging;

namespace Ptycho.Solvers.Trust;

/// <summary>Log messages about results that should not be taken at face value.</summary>
internal static partial class TrustLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Solver}: {Warning}")]
    public static partial void Warned(ILogger logger, string solver, string warning);
}
