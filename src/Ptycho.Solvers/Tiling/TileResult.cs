using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tiling;

/// <summary>One tile of a field that was reconstructed in tiles.</summary>
/// <param name="Row">Its first row in the field, pixels.</param>
/// <param name="Column">Its first column in the field, pixels.</param>
/// <param name="Frames">Indices of the frames that it was found from.</param>
/// <param name="Result">What its solver found, in the tile's own phase.</param>
/// <param name="Phase">How it was turned to fit to the others.</param>
public sealed record TileResult(
    int Row,
    int Column,
    IReadOnlyList<int> Frames,
    ReconstructionResult Result,
    TilePhase Phase
);
