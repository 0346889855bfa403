using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>Changes of size without parameters.</summary>
internal static class Resampling
{
    /// <summary>[B, C, H, W] → [B, C, 2H, 2W], each pixel repeated.</summary>
    public static Tensor Double(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        return input
            .reshape(batch, channels, height, 1, width, 1)
            .expand(batch, channels, height, 2, width, 2)
            .reshape(batch, channels, 2 * height, 2 * width)
            .MoveToOuterDisposeScope();
    }

    /// <summary>[B, C, 2H, 2W] → [B, C, H, W], means of 2 × 2 pixels.</summary>
    public static Tensor Halve(Tensor input) => nn.functional.avg_pool2d(input, 2);
}
