using System.Numerics;
using Ptycho.IO;

namespace Ptycho.Solvers.Tiling;

/// <summary>
/// The weighted mean of turned tiles. A tile's weight is the product of its confidence and of raised cosines that fall to
/// nearly 0 at each side where it has a neighbour, over as many pixels as they share.
/// </summary>
internal static class TileBlend
{
    // Where a tile knows nothing it still counts a little, so that a pixel that no tile knows gets their mean.
    private const double LeastConfidence = 1e-6;

    internal static ComplexField Blend(
        IReadOnlyList<FieldTile> tiles,
        IReadOnlyList<TilePhase> phases,
        int height,
        int width
    )
    {
        var sum = new Complex[height * width];
        var total = new double[height * width];
        var largest = tiles.Max(tile => tile.Confidence?.Max() ?? 1);
        for (var i = 0; i < tiles.Count; i++)
        {
            var tile = tiles[i];
            var rows = Fade(
                tile.Row,
                tile.EndRow,
                [
                    .. tiles
                        .Where(t => Shares(t.Column, t.EndColumn, tile.Column, tile.EndColumn))
                        .Select(t => (t.Row, t.EndRow)),
                ]
            );
            var columns = Fade(
                tile.Column,
                tile.EndColumn,
                [
                    .. tiles
                        .Where(t => Shares(t.Row, t.EndRow, tile.Row, tile.EndRow))
                        .Select(t => (t.Column, t.EndColumn)),
                ]
            );
            for (var y = 0; y < tile.Object.Height; y++)
            for (var x = 0; x < tile.Object.Width; x++)
            {
                var confidence = tile.Confidence is { } values ? values[y * tile.Object.Width + x] / largest : 1;
                var weight = rows[y] * columns[x] * Math.Max(confidence, LeastConfidence);
                var at = (tile.Row + y) * width + tile.Column + x;
                sum[at] += weight * tile.Object[y, x] * phases[i].Factor(tile, tile.Row + y, tile.Column + x);
                total[at] += weight;
            }
        }
        var field = new ComplexField(height, width);
        for (var at = 0; at < sum.Length; at++)
            if (total[at] > 0)
                (field.Real[at], field.Imaginary[at]) = (
                    (float)(sum[at].Real / total[at]),
                    (float)(sum[at].Imaginary / total[at])
                );
        return field;
    }

    private static bool Shares(int start, int end, int otherStart, int otherEnd) =>
        start < otherEnd && otherStart < end;

    /// <summary>The weight along one axis: it rises and falls over what is shared with neighbours that begin before and end after.</summary>
    private static double[] Fade(int start, int end, IReadOnlyList<(int Start, int End)> others)
    {
        var before = others
            .Where(o => o.Start < start && o.End > start)
            .Select(o => o.End - start)
            .DefaultIfEmpty(0)
            .Max();
        var after = others.Where(o => o.End > end && o.Start < end).Select(o => end - o.Start).DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, end - start).Select(at => Rise(at, before) * Rise(end - start - 1 - at, after))];
    }

    private static double Rise(int at, int length)
    {
        if (at >= length)
            return 1;
        var sine = Math.Sin(Math.PI * (at + 0.5) / (2 * length));
        return sine * sine;
    }
}
