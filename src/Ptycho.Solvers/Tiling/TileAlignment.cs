namespace Ptycho.Solvers.Tiling;

/// <summary>
/// The phases of all tiles at once: least squares of arg(conj(f_i) f_j) − (φ_i − φ_j) over all overlaps, weighted by
/// |f_i f_j|, each φ a constant or a linear ramp. It starts from a spanning tree of the strongest pairs, so that
/// differences are wrapped rightly, and takes Gauss–Newton steps.
/// </summary>
internal static class TileAlignment
{
    private const int Steps = 4;

    internal static IReadOnlyList<TilePhase> Solve(
        IReadOnlyList<FieldTile> tiles,
        IReadOnlyList<TilePair> pairs,
        bool ramps
    )
    {
        var phases = Tree(tiles, pairs, ramps);
        for (var step = 0; step < Steps && pairs.Count > 0; step++)
        {
            var equations = new AlignmentEquations(tiles, pairs, phases, ramps);
            var change = equations.Solve();
            for (var i = 0; i < phases.Length; i++)
                phases[i] = new TilePhase(
                    phases[i].Constant + change[i].Constant,
                    phases[i].Rows + change[i].Rows,
                    phases[i].Columns + change[i].Columns
                );
        }
        return Centred(tiles, phases);
    }

    /// <summary>Joins the strongest pair that leads from a joined tile to one that is not, until all are (Prim).</summary>
    private static TilePhase[] Tree(IReadOnlyList<FieldTile> tiles, IReadOnlyList<TilePair> pairs, bool ramps)
    {
        var fits = pairs.Select(pair => PairFit.Of(pair, ramps)).ToArray();
        var order = Enumerable.Range(0, pairs.Count).OrderByDescending(k => fits[k].Strength).ToArray();
        var phases = new TilePhase[tiles.Count];
        var joined = new bool[tiles.Count];
        for (var seed = 0; seed < tiles.Count; seed++)
        {
            // More than one seed only where tiles do not hang together.
            if (joined[seed])
                continue;
            joined[seed] = true;
            while (order.FirstOrDefault(k => joined[pairs[k].First] != joined[pairs[k].Second], -1) is var k and >= 0)
            {
                var (first, second) = (pairs[k].First, pairs[k].Second);
                var forward = joined[first];
                var (from, to) = forward ? (first, second) : (second, first);
                // φ_first − φ_second = ψ.
                var sign = forward ? -1 : 1;
                var (top, left) = pairs[k].Start;
                var rows = phases[from].Rows + sign * fits[k].Rows;
                var columns = phases[from].Columns + sign * fits[k].Columns;
                var here = phases[from].At(tiles[from], top, left) + sign * fits[k].Constant;
                var middle = -new TilePhase(0, rows, columns).At(tiles[to], top, left);
                phases[to] = new TilePhase(here + middle, rows, columns);
                joined[to] = true;
            }
        }
        return phases;
    }

    /// <summary>The field's own phase and ramp are free: they are chosen so that the tiles are turned least.</summary>
    private static TilePhase[] Centred(IReadOnlyList<FieldTile> tiles, TilePhase[] phases)
    {
        var (rows, columns) = (phases.Average(p => p.Rows), phases.Average(p => p.Columns));
        var moved = phases
            .Select((p, i) => p.Constant - rows * Middle(tiles[i]).Row - columns * Middle(tiles[i]).Column)
            .ToArray();
        var mean = moved.Average();
        return [.. phases.Select((p, i) => new TilePhase(moved[i] - mean, p.Rows - rows, p.Columns - columns))];
    }

    private static (double Row, double Column) Middle(FieldTile tile) =>
        (tile.Row + (tile.Object.Height - 1) / 2.0, tile.Column + (tile.Object.Width - 1) / 2.0);
}
