namespace Ptycho.Solvers.Guidance;

/// <summary>Where a guided run stands.</summary>
/// <param name="Step">Network evaluations done per chain.</param>
/// <param name="Total">Network evaluations in all per chain.</param>
/// <param name="Level">The level just reached.</param>
/// <param name="Energy">The guiding energy before the step, mean over chains.</param>
public readonly record struct DpsProgress(int Step, int Total, int Level, double Energy);
