namespace Ptycho.Solvers.Trust;

/// <summary>A plain warning about a result.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">The same in a sentence, with the figure that decided and what to do.</param>
/// <param name="Value">That figure.</param>
/// <param name="Threshold">The figure above which the warning is given.</param>
public sealed record TrustWarning(TrustWarningKind Kind, string Message, double Value, double Threshold);
