using System.Numerics;
using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Tiling;

/// <summary>
/// The phase by which a tile was turned, Constant + Rows·(y − y₀) + Columns·(x − x₀) radians, (y₀, x₀) the tile's middle
/// pixel coordinate, (H − 1)/2 and (W − 1)/2.
/// </summary>
/// <param name="Constant">Radians in the middle of the tile.</param>
/// <param name="Rows">Radians a pixel down; 0 where ramps are not aligned.</param>
/// <param name="Columns">Radians a pixel to the right; 0 where ramps are not aligned.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TilePhase(double Constant, double Rows, double Columns)
{
    internal double At(FieldTile tile, int row, int column) =>
        Constant
        + Rows * (row - tile.Row - (tile.Object.Height - 1) / 2.0)
        + Columns * (column - tile.Column - (tile.Object.Width - 1) / 2.0);

    internal Complex Factor(FieldTile tile, int row, int column) =>
        Complex.FromPolarCoordinates(1, At(tile, row, column));
}
