using Ptycho.Solvers.Posterior.SlowPhases;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>Tells how far objects are from the data.</summary>
internal interface IResidualMeter
{
    /// <summary>
    /// The residual √(E(A f)/E(0)), for amplitudes √(Σ w(|Ψ| − a)²/Σ w a²); over several objects the root mean square.
    /// </summary>
    /// <param name="objects">complex64 [B, H, W].</param>
    double Residual(Tensor objects);

    /// <summary>What the data say of slow phases, or null where that is not asked.</summary>
    IPhaseSystem? Phases { get; }
}
