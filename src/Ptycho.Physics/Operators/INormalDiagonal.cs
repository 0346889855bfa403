using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// The capability of an operator whose AᴴA is diagonal, as ptychography's is: windows only cut, probes only multiply,
/// and the Fourier transform is unitary. Without it solvers bound AᴴA by ‖A‖².
/// </summary>
public interface INormalDiagonal
{
    /// <summary>d = diag(AᴴA) = Σ_k Σ_m |P_km|², float32 [H, W]; it belongs to the operator.</summary>
    Tensor NormalDiagonal { get; }
}
