namespace Ptycho.Solvers.Tiling;

/// <summary>One tile to be reconstructed.</summary>
/// <param name="Row">Its first row in the field.</param>
/// <param name="Column">Its first column in the field.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Frames">The frames whose windows it holds.</param>
internal sealed record TilePlan(int Row, int Column, int Height, int Width, int[] Frames);
