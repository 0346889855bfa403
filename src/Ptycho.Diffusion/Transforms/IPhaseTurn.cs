using static TorchSharp.torch;

namespace Ptycho.Diffusion.Transforms;

/// <summary>
/// The capability of a transform to turn an object's global phase in its channels. The map is a rotation (or a shift) of
/// the channels plus a constant, so white noise in them stays white noise of the same strength.
/// </summary>
public interface IPhaseTurn
{
    /// <summary>Channels of objects that are turned, f → f·e^{iθ}; a phase channel is not wrapped.</summary>
    /// <param name="channels">float32 [B, 2, H, W].</param>
    /// <param name="radians">θ of each object, float32 [B].</param>
    /// <returns>float32 [B, 2, H, W], in the caller's scope.</returns>
    public Tensor Turn(Tensor channels, Tensor radians);
}
