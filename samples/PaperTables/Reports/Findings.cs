using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Runs;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>What is known so far: rows and crops of a plan whose results are valid for the present set-up.</summary>
/// <param name="Rows">In the plan's order; a row without any crop is left out.</param>
/// <param name="Crops">Every crop of these rows, once.</param>
internal sealed record Findings(IReadOnlyList<Row> Rows, IReadOnlyList<CellResult> Crops)
{
    /// <summary>Gathers what a lookup finds of a plan.</summary>
    /// <param name="plan">The rows wanted.</param>
    /// <param name="find">The valid result of a cell, or null.</param>
    public static Findings Gather(IEnumerable<PlannedRow> plan, Func<Cell, CellResult?> find)
    {
        var rows = new List<Row>();
        var crops = new OrderedDictionary<Cell, CellResult>();
        foreach (var planned in plan)
        {
            var found = planned.Cells.Select(find).OfType<CellResult>().ToArray();
            if (found.Length == 0)
                continue;
            rows.Add(Row.Of(planned, found));
            foreach (var crop in found)
                crops.TryAdd(crop.ToCell(), crop);
        }
        return new Findings(rows, [.. crops.Values]);
    }

    /// <summary>The row of a table, or null.</summary>
    public Row? Find(string table, string probe, string scan, int overlap, string method, double? peakCounts = null) =>
        Rows.FirstOrDefault(row =>
            row.Table == table
            && row.Probe == probe
            && row.Scan == scan
            && row.Overlap == overlap
            && row.Method == method
            && (peakCounts is null || row.PeakCounts == peakCounts)
        );
}
