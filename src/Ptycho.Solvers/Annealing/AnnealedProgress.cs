namespace Ptycho.Solvers.Annealing;

/// <summary>Where an annealed run stands.</summary>
/// <param name="Step">Levels done.</param>
/// <param name="Total">Levels in all.</param>
/// <param name="Level">The schedule's level just done.</param>
/// <param name="Sigma">Its noise-to-signal ratio σ.</param>
public readonly record struct AnnealedProgress(int Step, int Total, int Level, double Sigma);
