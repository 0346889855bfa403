using static TorchSharp.torch;

namespace Ptycho.Diffusion.Transforms;

/// <summary>
/// The capability of a transform with a phase channel to choose the branch of the phase, which otherwise jumps by 2π.
/// </summary>
public interface IPhaseBranch
{
    /// <summary>Channels of an object, each phase on the branch that is nearest to a reference.</summary>
    /// <param name="obj">complex64 [B, H, W].</param>
    /// <param name="referencePhase">Radians, float32 [B, H, W].</param>
    /// <returns>float32 [B, 2, H, W], in the caller's scope.</returns>
    public Tensor ToChannels(Tensor obj, Tensor referencePhase);

    /// <summary>The phase that channels hold, unwrapped as they hold it.</summary>
    /// <param name="channels">float32 [B, 2, H, W].</param>
    /// <returns>Radians, float32 [B, H, W], in the caller's scope.</returns>
    public Tensor Phase(Tensor channels);
}
