using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// The capability of a likelihood that compares amplitudes, whatever the phases of the far field, with a curvature of about 1
/// along an amplitude.
/// </summary>
internal interface IAmplitudeBased : ILikelihood
{
    /// <summary>w·e by the mask's weights, of e's shape [B, K, 1, h, w]; e itself where there is no mask.</summary>
    Tensor Weighted(Tensor perPixel);
}
