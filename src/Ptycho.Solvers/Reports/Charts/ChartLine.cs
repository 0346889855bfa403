namespace Ptycho.Solvers.Reports.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Style">Its class in the style sheet: "line", "line second" or "line dashed".</param>
/// <param name="X">Abscissas, rising.</param>
/// <param name="Y">Ordinates.</param>
internal sealed record ChartLine(string Name, string Style, IReadOnlyList<double> X, IReadOnlyList<double> Y);
