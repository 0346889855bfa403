using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Annealing;

/// <summary>What one level of an annealed run gave.</summary>
/// <param name="Level">The schedule's level, 1 … N.</param>
/// <param name="Sigma">Its noise-to-signal ratio σ.</param>
/// <param name="Residual">
/// √(E(A f)/E(0)) after the data step, the relative amplitude residual for an amplitude likelihood; over several chains
/// the root mean square.
/// </param>
/// <param name="PriorMismatch">
/// ‖x̂₀ − x₀‖²/(n σ²), x₀ the channels of the object that went in under noise of this level and x̂₀ what the prior made of
/// it: how much of the object the prior takes for noise. 0 would be an object that the prior knows, 1 one that it
/// cannot tell from noise; more if it moves it elsewhere. NaN at the first level of a cold start, where nothing went in.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AnnealedLevel(int Level, double Sigma, double Residual, double PriorMismatch);
