using System.Numerics;

namespace Ptycho.Solvers.Tiling;

/// <summary>
/// The normal equations of one Gauss–Newton step of the tiles' phases, a graph Laplacian with a 3×3 block for each pair of
/// tiles (1×1 without ramps), solved by conjugate gradients. A ridge, which the steps that follow undo, settles the free
/// phase of the whole.
/// </summary>
internal sealed class AlignmentEquations
{
    private const double Tolerance = 1e-10;
    private const double Ridge = 1e-8;
    private readonly int _size;
    private readonly double _scale;
    private readonly double[] _right;
    private readonly List<Block> _blocks = [];
    private double _ridge;

    internal AlignmentEquations(
        IReadOnlyList<FieldTile> tiles,
        IReadOnlyList<TilePair> pairs,
        IReadOnlyList<TilePhase> phases,
        bool ramps
    )
    {
        _size = ramps ? 3 : 1;
        // Slopes in radians a half tile, so that all unknowns are of one order.
        _scale = tiles.Max(tile => Math.Max(tile.Object.Height, tile.Object.Width)) / 2.0;
        _right = new double[tiles.Count * _size];
        foreach (var pair in pairs)
            Add(tiles, pair, phases);
    }

    /// <summary>The change of each tile's phase.</summary>
    internal TilePhase[] Solve()
    {
        var x = new double[_right.Length];
        var residual = (double[])_right.Clone();
        var direction = (double[])residual.Clone();
        var square = Dot(residual, residual);
        var stop = square * Tolerance * Tolerance;
        for (var i = 0; i < 10 * x.Length && square > stop; i++)
        {
            var image = Multiply(direction);
            var curvature = Dot(direction, image);
            if (!(curvature > 0))
                break;
            var step = square / curvature;
            for (var k = 0; k < x.Length; k++)
            {
                x[k] += step * direction[k];
                residual[k] -= step * image[k];
            }
            var next = Dot(residual, residual);
            for (var k = 0; k < x.Length; k++)
                direction[k] = residual[k] + next / square * direction[k];
            square = next;
        }
        return
        [
            .. Enumerable
                .Range(0, x.Length / _size)
                .Select(i =>
                    _size == 1
                        ? new TilePhase(x[i], 0, 0)
                        : new TilePhase(x[3 * i], x[3 * i + 1] / _scale, x[3 * i + 2] / _scale)
                ),
        ];
    }

    /// <summary>Adds w(e − (b_a·δ_a − b_b·δ_b))² of every pixel, e what the phases of now leave.</summary>
    private void Add(IReadOnlyList<FieldTile> tiles, TilePair pair, IReadOnlyList<TilePhase> phases)
    {
        var both = 2 * _size;
        var (a, b) = (pair.First, pair.Second);
        var normal = new double[both * both];
        var right = new double[both];
        var row = new double[both];
        pair.Visit(
            (y, x) =>
            {
                var product = pair.Product(y, x);
                var weight = product.Magnitude;
                if (weight == 0)
                    return;
                var turned = product * Complex.Conjugate(phases[a].Factor(tiles[a], y, x));
                var error = (turned * phases[b].Factor(tiles[b], y, x)).Phase;
                Basis(tiles[a], y, x, row.AsSpan(0, _size), 1);
                Basis(tiles[b], y, x, row.AsSpan(_size), -1);
                for (var i = 0; i < both; i++)
                {
                    right[i] += weight * row[i] * error;
                    for (var j = 0; j < both; j++)
                        normal[i * both + j] += weight * row[i] * row[j];
                }
            }
        );
        _blocks.Add(new Block(a, b, normal));
        _ridge = Math.Max(_ridge, Ridge * normal[0]);
        for (var i = 0; i < _size; i++)
        {
            _right[a * _size + i] += right[i];
            _right[b * _size + i] += right[_size + i];
        }
    }

    private void Basis(FieldTile tile, int row, int column, Span<double> basis, int sign)
    {
        basis[0] = sign;
        if (_size == 1)
            return;
        basis[1] = sign * (row - tile.Row - (tile.Object.Height - 1) / 2.0) / _scale;
        basis[2] = sign * (column - tile.Column - (tile.Object.Width - 1) / 2.0) / _scale;
    }

    private double[] Multiply(double[] vector)
    {
        var result = vector.Select(value => _ridge * value).ToArray();
        var both = 2 * _size;
        foreach (var block in _blocks)
            for (var i = 0; i < both; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < both; j++)
                    sum += block.Normal[i * both + j] * vector[Place(block, j)];
                result[Place(block, i)] += sum;
            }
        return result;
    }

    private int Place(Block block, int i) => i < _size ? block.First * _size + i : block.Second * _size + i - _size;

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);

    private sealed record Block(int First, int Second, double[] Normal);
}
