using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>Tells what the data say of the phases of a basis.</summary>
internal interface IPhaseSystem
{
    /// <summary>E(A f) and its first two derivatives where f is multiplied by exp(i Σ c_k φ_k), at c = 0.</summary>
    /// <param name="obj">f, complex64 [1, H, W].</param>
    /// <param name="basis">The φ_k, of the object's shape.</param>
    PhaseEquations Linearize(Tensor obj, PhaseBasis basis);

    /// <summary>E(A f).</summary>
    /// <param name="obj">f, complex64 [1, H, W].</param>
    double Energy(Tensor obj);
}
