using MathNet.Numerics.LinearAlgebra;

namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>An energy E(c) near c = 0: E + gᵀc + ½ cᵀHc.</summary>
/// <param name="Energy">E.</param>
/// <param name="Gradient">g.</param>
/// <param name="Curvature">
/// H = JᵀJ, J_k = ∂|Ψ|/∂c_k: Gauss and Newton's, which takes the energy's curvature along an amplitude as 1.
/// </param>
internal sealed record PhaseEquations(double Energy, Vector<double> Gradient, Matrix<double> Curvature)
{
    internal bool IsFinite =>
        double.IsFinite(Energy) && Gradient.All(double.IsFinite) && Curvature.Enumerate().All(double.IsFinite);

    /// <summary>The least of E + gᵀc + ½ cᵀ(H + μ)c.</summary>
    internal Vector<double> Minimum(double damping) =>
        (Curvature + damping * Matrix<double>.Build.DenseIdentity(Gradient.Count)).Cholesky().Solve(-Gradient);
}
