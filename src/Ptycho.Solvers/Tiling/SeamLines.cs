namespace Ptycho.Solvers.Tiling;

/// <summary>Where windows or tiles have borders.</summary>
/// <param name="Rows">Line r lies between the rows r − 1 and r, 1 … H − 1.</param>
/// <param name="Columns">Line c lies between the columns c − 1 and c, 1 … W − 1.</param>
public sealed record SeamLines(IReadOnlyList<int> Rows, IReadOnlyList<int> Columns);
