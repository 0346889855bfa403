namespace Ptycho.Solvers.Trust;

/// <summary>Frames that a solver did not see, and how well its object predicts them.</summary>
/// <param name="Frames">Their indices, rising.</param>
/// <param name="Residual">Relative amplitude residual over these frames.</param>
/// <param name="ChiSquare">
/// Their χ² per degree of freedom, 1 for an object that is right; null where the counts are not known.
/// </param>
public sealed record HeldOutFrames(IReadOnlyList<int> Frames, double Residual, double? ChiSquare);
