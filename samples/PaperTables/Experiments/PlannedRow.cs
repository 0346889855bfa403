using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Experiments;

/// <summary>A row of a table: one method under one set of conditions on the first crops.</summary>
/// <param name="Table">The table's name, as in results.json.</param>
/// <param name="Scene">The conditions.</param>
/// <param name="Method">The method.</param>
/// <param name="Crops">How many crops it should have.</param>
internal sealed record PlannedRow(string Table, Scene Scene, string Method, int Crops)
{
    public IEnumerable<Cell> Cells => Enumerable.Range(1, Crops).Select(crop => new Cell(Scene, Method, crop));
}
