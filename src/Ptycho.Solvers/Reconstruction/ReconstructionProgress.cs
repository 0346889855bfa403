using System.Runtime.InteropServices;
using Ptycho.IO;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>Where a solver stands.</summary>
/// <param name="Iteration">Iterations done, from 1.</param>
/// <param name="Total">Iterations at most.</param>
/// <param name="Residual">
/// Relative amplitude residual √(Σ_k‖|Ψ_k| − a_k‖²/Σ_k‖a_k‖²) at the point where the solver measures it.
/// </param>
/// <param name="NoiseLevel">
/// Level of a diffusion solver, 1 … N, or null for solvers that have none.
/// </param>
/// <param name="Preview">The estimate so far where the solver's options ask for previews, else null; the receiver's.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReconstructionProgress(
    int Iteration,
    int Total,
    double Residual,
    int? NoiseLevel = null,
    ComplexField? Preview = null
);
