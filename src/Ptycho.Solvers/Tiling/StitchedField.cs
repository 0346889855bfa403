using Ptycho.IO;

namespace Ptycho.Solvers.Tiling;

/// <summary>Tiles made one field.</summary>
/// <param name="Object">The field, the caller's.</param>
/// <param name="Phases">How each tile was turned, in the order of the tiles; their constants have the mean 0.</param>
/// <param name="Disagreement">
/// By how much neighbours differ where they overlap after they were turned, relative to the object there (root mean
/// square); 0 without overlaps.
/// </param>
public sealed record StitchedField(ComplexField Object, IReadOnlyList<TilePhase> Phases, double Disagreement);
