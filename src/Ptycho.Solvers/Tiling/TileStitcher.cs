using Ptycho.IO;
using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Tiling;

/// <summary>
/// Joins tiles of one field that were found apart, each with a global phase of its own (and a linear ramp, where the probe
/// was refined): the phases are chosen for all tiles at once, so that the tiles agree where they overlap, and the tiles
/// fade into each other.
/// </summary>
public static class TileStitcher
{
    /// <summary>Stitches.</summary>
    /// <param name="tiles">At least one, in any order; they need not cover the field, and what is in no tile is 0.</param>
    /// <param name="height">Rows of the field.</param>
    /// <param name="width">Columns of the field.</param>
    /// <param name="alignRamps">Whether linear phases are aligned besides constant ones.</param>
    /// <exception cref="ArgumentException">A tile lies outside the field, is not finite, or its confidence has another
    /// length or a negative value; the tile is named.</exception>
    public static StitchedField Stitch(IReadOnlyList<FieldTile> tiles, int height, int width, bool alignRamps)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        if (tiles.Count == 0)
            throw new ArgumentException("There is no tile to stitch.", nameof(tiles));
        for (var i = 0; i < tiles.Count; i++)
            Check(tiles[i], i, height, width);
        var pairs = TilePair.Of(tiles);
        var phases = TileAlignment.Solve(tiles, pairs, alignRamps);
        var field = TileBlend.Blend(tiles, phases, height, width);
        return new StitchedField(field, phases, Disagreement(pairs, phases));
    }

    /// <summary>√(Σ w|f_i − f_j|²/Σ w(|f_i|² + |f_j|²)/2) over all overlaps, after the alignment; 0 without any.</summary>
    private static double Disagreement(IReadOnlyList<TilePair> pairs, IReadOnlyList<TilePhase> phases)
    {
        var (difference, power) = (0.0, 0.0);
        foreach (var pair in pairs)
            pair.AddDisagreement(phases[pair.First], phases[pair.Second], ref difference, ref power);
        return power > 0 ? Math.Sqrt(difference / power) : 0;
    }

    private static void Check(FieldTile tile, int index, int height, int width)
    {
        if (tile.Row < 0 || tile.Column < 0 || tile.EndRow > height || tile.EndColumn > width)
            throw new ArgumentException(
                $"Tile {index} (rows {tile.Row} to {tile.EndRow}, columns {tile.Column} to {tile.EndColumn}) "
                    + $"does not lie in the field of {height}×{width}.",
                nameof(tile)
            );
        FiniteCheck.Require(tile.Object, $"tile {index}");
        if (tile.Confidence is null)
            return;
        if (tile.Confidence.Length != tile.Object.Length)
            throw new ArgumentException(
                $"Tile {index} has {tile.Confidence.Length} confidences for {tile.Object.Length} pixels.",
                nameof(tile)
            );
        if (tile.Confidence.Any(value => !(value >= 0 && float.IsFinite(value))))
            throw new ArgumentException($"A confidence of tile {index} is negative or not finite.", nameof(tile));
    }
}
