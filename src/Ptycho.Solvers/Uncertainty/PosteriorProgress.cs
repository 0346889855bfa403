using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>Where posterior sampling stands.</summary>
/// <param name="ChainsDone">Chains finished.</param>
/// <param name="Chains">Chains in all.</param>
/// <param name="Step">Levels done of the chains that run now.</param>
/// <param name="Levels">Levels in all.</param>
/// <param name="Residual">Their residual.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PosteriorProgress(int ChainsDone, int Chains, int Step, int Levels, double Residual);
