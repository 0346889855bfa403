using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Tiling;

/// <summary>How a field is cut into tiles that are reconstructed apart.</summary>
public sealed record TilingOptions
{
    /// <summary>Side of a tile, pixels; a field that is shorter is one tile.</summary>
    public int TileSize
    {
        get;
        init => field = Require.AtLeast(value, 8, nameof(TileSize));
    } = 128;

    /// <summary>
    /// Pixels that neighbouring tiles share, at least. Below the probe's window (and one pixel more where positions are
    /// fractions) frames would fit into no tile: such a measurement is refused.
    /// </summary>
    public int Overlap
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(Overlap));
    } = 48;

    /// <summary>
    /// Whether tiles may be turned by a phase that grows linearly over them, besides a constant. Diffraction by a known
    /// probe fixes such ramps, so they are off by default; with a refined probe each tile has a ramp of its own.
    /// </summary>
    public bool AlignRamps { get; init; }

    internal void RequireOverlapBelowTile(string parameter)
    {
        if (Overlap > TileSize / 2)
            throw new ArgumentException(
                $"Overlap ({Overlap}) must be at most half of TileSize ({TileSize}).",
                parameter
            );
    }
}
