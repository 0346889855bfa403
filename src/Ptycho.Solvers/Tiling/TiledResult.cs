using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tiling;

/// <summary>A field that was reconstructed in tiles, and how.</summary>
/// <param name="Result">
/// The whole field against all frames, as any solver states it, under the measurement's probe; probes that the tiles
/// refined are in their own results.
/// </param>
/// <param name="Tiles">The tiles, row after row.</param>
/// <param name="Disagreement">
/// By how much neighbours differ where they overlap after they were turned, relative to the object there (root mean
/// square).
/// </param>
public sealed record TiledResult(ReconstructionResult Result, IReadOnlyList<TileResult> Tiles, double Disagreement)
{
    /// <summary>Where tiles begin or end within the field.</summary>
    public SeamLines Borders =>
        new(
            Lines(tile => tile.Row, tile => tile.Result.Object.Height, Result.Object.Height),
            Lines(tile => tile.Column, tile => tile.Result.Object.Width, Result.Object.Width)
        );

    private int[] Lines(Func<TileResult, int> start, Func<TileResult, int> length, int end) =>
        [
            .. Tiles
                .SelectMany(tile => (int[])[start(tile), start(tile) + length(tile)])
                .Where(line => line > 0 && line < end)
                .Distinct()
                .Order(),
        ];
}
