using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Samples.CustomOperator;

/// <summary>
/// Coded diffraction: the whole object behind phase masks in turn, ψ_k = F(m_k f) with |m_k| = 1 (Candès, Li and
/// Soltanolkotabi, IEEE Trans. Inf. Theory 61, 1985, 2015). AᴴA is the number of masks.
/// </summary>
/// <param name="masks">complex64 [K, H, W]; the caller's.</param>
internal sealed class CodedDiffraction(Tensor masks) : IForwardOperator, INormalDiagonal
{
    public (long Height, long Width) ObjectShape => (masks.shape[1], masks.shape[2]);

    public (long Frames, long Modes, long Height, long Width) FarFieldShape =>
        (masks.shape[0], 1, masks.shape[1], masks.shape[2]);

    public Tensor NormalDiagonal { get; } = ones([masks.shape[1], masks.shape[2]]) * masks.shape[0];

    public Tensor Forward(Tensor obj)
    {
        using var scope = NewDisposeScope();
        return fft.fft2(obj.unsqueeze(1) * masks, norm: FFTNormType.Ortho).unsqueeze(2).MoveToOuterDisposeScope();
    }

    public Tensor Adjoint(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var waves = fft.ifft2(farField.squeeze(2), norm: FFTNormType.Ortho);
        return (waves * masks.conj_physical()).sum([1]).MoveToOuterDisposeScope();
    }
}
