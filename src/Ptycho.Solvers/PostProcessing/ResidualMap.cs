using Ptycho.Diffusion.Networks;
using static TorchSharp.torch;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// x + N(x, 0): a network made for noise levels, at the constant time 0, corrects its input. Its last convolution starts at
/// 0, so an untrained one changes nothing.
/// </summary>
internal static class ResidualMap
{
    /// <param name="network">A network of two channels.</param>
    /// <param name="input">float32 [B, 2, H, W].</param>
    /// <returns>float32 [B, 2, H, W], in the caller's scope.</returns>
    internal static Tensor Apply(ScoreNetwork network, Tensor input)
    {
        using var scope = NewDisposeScope();
        var time = zeros([input.shape[0]], float32, input.device);
        return (input + network.forward(input, time)).MoveToOuterDisposeScope();
    }
}
