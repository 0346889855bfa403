using System.Numerics;

namespace Ptycho.Solvers.Tiling;

/// <summary>Two tiles that overlap, and what they say there.</summary>
internal sealed class TilePair
{
    private readonly FieldTile _a;
    private readonly FieldTile _b;
    private readonly int _top;
    private readonly int _left;
    private readonly int _bottom;
    private readonly int _right;

    private TilePair(IReadOnlyList<FieldTile> tiles, int first, int second)
    {
        (First, Second, _a, _b) = (first, second, tiles[first], tiles[second]);
        (_top, _bottom) = (Math.Max(_a.Row, _b.Row), Math.Min(_a.EndRow, _b.EndRow));
        (_left, _right) = (Math.Max(_a.Column, _b.Column), Math.Min(_a.EndColumn, _b.EndColumn));
    }

    internal int First { get; }

    internal int Second { get; }

    internal int Height => _bottom - _top;

    internal int Width => _right - _left;

    /// <summary>The overlap's first pixel.</summary>
    internal (int Row, int Column) Start => (_top, _left);

    /// <summary>All pairs of tiles that share at least one pixel.</summary>
    internal static IReadOnlyList<TilePair> Of(IReadOnlyList<FieldTile> tiles)
    {
        var pairs = new List<TilePair>();
        for (var i = 0; i < tiles.Count; i++)
        for (var j = i + 1; j < tiles.Count; j++)
        {
            var pair = new TilePair(tiles, i, j);
            if (pair.Height > 0 && pair.Width > 0)
                pairs.Add(pair);
        }
        return pairs;
    }

    /// <summary>√(w_a w_b)·conj(f_a)·f_b at a pixel of the field: its phase is what a must be turned by more than b.</summary>
    internal Complex Product(int row, int column)
    {
        var (a, b) = (Value(_a, row, column), Value(_b, row, column));
        return Complex.Conjugate(a) * b * Weight(row, column);
    }

    /// <summary>Visits every pixel of the overlap.</summary>
    internal void Visit(Action<int, int> pixel)
    {
        for (var row = _top; row < _bottom; row++)
        for (var column = _left; column < _right; column++)
            pixel(row, column);
    }

    internal void AddDisagreement(TilePhase first, TilePhase second, ref double difference, ref double power)
    {
        for (var row = _top; row < _bottom; row++)
        for (var column = _left; column < _right; column++)
        {
            var weight = Weight(row, column);
            var a = Value(_a, row, column) * first.Factor(_a, row, column);
            var b = Value(_b, row, column) * second.Factor(_b, row, column);
            difference += weight * Square(a - b);
            power += weight * (Square(a) + Square(b)) / 2;
        }
    }

    private double Weight(int row, int column) =>
        _a.Confidence is null && _b.Confidence is null
            ? 1
            : Math.Sqrt((double)Confidence(_a, row, column) * Confidence(_b, row, column));

    private static float Confidence(FieldTile tile, int row, int column) =>
        tile.Confidence is { } values ? values[(row - tile.Row) * tile.Object.Width + column - tile.Column] : 1;

    private static Complex Value(FieldTile tile, int row, int column) =>
        tile.Object[row - tile.Row, column - tile.Column];

    private static double Square(Complex value) => value.Real * value.Real + value.Imaginary * value.Imaginary;
}
