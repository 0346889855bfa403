namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>
/// Phases that vary slowly over an object: products of Legendre polynomials of its rows and columns up to a total degree,
/// without the constant, on which the data say nothing. Each has a mean square of 1 over the object.
/// </summary>
internal sealed class PhaseBasis
{
    private readonly (int Row, int Column)[] _degrees;
    private readonly float[][] _rows;
    private readonly float[][] _columns;

    /// <param name="degree">The largest total degree, at least 1; 1 is the two ramps alone.</param>
    /// <param name="height">Rows of the object.</param>
    /// <param name="width">Columns of the object.</param>
    internal PhaseBasis(int degree, int height, int width)
    {
        (Height, Width) = (height, width);
        _degrees =
        [
            .. from row in Enumerable.Range(0, degree + 1)
            from column in Enumerable.Range(0, degree + 1 - row)
            where row + column > 0
            select (row, column),
        ];
        (_rows, _columns) = (Polynomials(degree, height), Polynomials(degree, width));
    }

    internal int Height { get; }

    internal int Width { get; }

    /// <summary>How many phases.</summary>
    internal int Count => _degrees.Length;

    /// <summary>The factor of each row of the object in a phase.</summary>
    internal ReadOnlySpan<float> Rows(int index) => _rows[_degrees[index].Row];

    /// <summary>The factor of each column.</summary>
    internal ReadOnlySpan<float> Columns(int index) => _columns[_degrees[index].Column];

    /// <summary>Σ_k c_k φ_k, [H, W], radians.</summary>
    internal float[] Sum(ReadOnlySpan<double> coefficients)
    {
        var phase = new float[Height * Width];
        for (var k = 0; k < Count; k++)
        {
            var rows = Rows(k);
            var columns = Columns(k);
            for (var y = 0; y < Height; y++)
            {
                var factor = (float)coefficients[k] * rows[y];
                for (var x = 0; x < Width; x++)
                    phase[y * Width + x] += factor * columns[x];
            }
        }
        return phase;
    }

    // (n + 1) P_{n+1} = (2n + 1) t P_n − n P_{n−1}, at the middles of the pixels of [−1, 1].
    private static float[][] Polynomials(int degree, int count)
    {
        var values = new double[degree + 1][];
        for (var n = 0; n <= degree; n++)
        {
            values[n] = new double[count];
            for (var i = 0; i < count; i++)
            {
                var t = (2.0 * i + 1) / count - 1;
                values[n][i] =
                    n == 0 ? 1
                    : n == 1 ? t
                    : ((2 * n - 1) * t * values[n - 1][i] - (n - 1) * values[n - 2][i]) / n;
            }
        }
        return [.. values.Select((p, n) => p.Select(v => (float)(v * Math.Sqrt(2 * n + 1))).ToArray())];
    }
}
