using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Solvers.Tiling;

/// <summary>The phase between two tiles by itself, from which the alignment of all tiles starts.</summary>
internal static class PairFit
{
    /// <summary>
    /// The ramp ψ with f_b ≈ f_a·e^{iψ} over the overlap, as constant at the overlap's first pixel and slopes in radians a
    /// pixel, with the strength |Σ w conj(f_a) f_b e^{−iψ}|.
    /// </summary>
    internal static (double Constant, double Rows, double Columns, double Strength) Of(TilePair pair, bool ramps)
    {
        var (top, left) = pair.Start;
        if (!ramps)
        {
            var sum = Complex.Zero;
            pair.Visit((row, column) => sum += pair.Product(row, column));
            return (sum.Phase, 0, 0, sum.Magnitude);
        }
        var product = new ComplexField(pair.Height, pair.Width);
        pair.Visit((row, column) => product[row - top, column - left] = pair.Product(row, column));
        var ramp = PhaseRamp.Strongest(product);
        var rows = Math.Tau * ramp.Rows / pair.Height;
        var columns = Math.Tau * ramp.Columns / pair.Width;
        var total = Complex.Zero;
        pair.Visit(
            (row, column) =>
                total +=
                    product[row - top, column - left]
                    * Complex.FromPolarCoordinates(1, -rows * (row - top) - columns * (column - left))
        );
        return (total.Phase, rows, columns, total.Magnitude);
    }
}
