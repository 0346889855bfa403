using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// A linear map A from an object to K far fields of M modes, over torch tensors, with its adjoint. Magnitudes and the
/// sum over incoherent modes belong to the likelihood. Every solver over tensors works with any implementation; the two
/// methods need not be differentiable by autograd, since the solvers use the adjoint.
/// </summary>
public interface IForwardOperator
{
    /// <summary>Shape of one object, [H, W].</summary>
    (long Height, long Width) ObjectShape { get; }

    /// <summary>Shape of one object's far fields, [K, M, h, w].</summary>
    (long Frames, long Modes, long Height, long Width) FarFieldShape { get; }

    /// <summary>A f.</summary>
    /// <param name="obj">Objects, complex64 [B, H, W]; left alone.</param>
    /// <returns>Far fields, complex64 [B, K, M, h, w], zero frequency at [0, 0], in the caller's dispose scope.</returns>
    Tensor Forward(Tensor obj);

    /// <summary>Aᴴ ψ, so that ⟨A f, ψ⟩ = ⟨f, Aᴴ ψ⟩.</summary>
    /// <param name="farField">complex64 [B, K, M, h, w]; left alone.</param>
    /// <returns>complex64 [B, H, W], in the caller's dispose scope.</returns>
    Tensor Adjoint(Tensor farField);
}
