using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// The capability of a likelihood that lies below a quadratic with unit curvature, E(ψ') ≤ ½‖ψ' − Target(ψ)‖² + const
/// with equality at ψ' = ψ. It makes the data step of a proximal solver free of step sizes and monotone.
/// </summary>
public interface IMajorizedLikelihood : ILikelihood
{
    /// <summary>Where the quadratic at ψ has its minimum: complex64 of ψ's shape, in the caller's dispose scope.</summary>
    Tensor Target(Tensor farField);
}
