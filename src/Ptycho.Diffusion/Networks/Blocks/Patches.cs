using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>Square patches of pixels as channels, and back (pixel unshuffle and shuffle).</summary>
internal static class Patches
{
    /// <summary>[B, C, pH, pW] → [B, Cp², H, W].</summary>
    public static Tensor ToChannels(Tensor input, int size)
    {
        if (size == 1)
            return input.alias();
        using var scope = NewDisposeScope();
        var (batch, channels) = (input.shape[0], input.shape[1]);
        var (height, width) = (input.shape[2] / size, input.shape[3] / size);
        return input
            .reshape(batch, channels, height, size, width, size)
            .permute(0, 1, 3, 5, 2, 4)
            .reshape(batch, channels * size * size, height, width)
            .MoveToOuterDisposeScope();
    }

    /// <summary>[B, Cp², H, W] → [B, C, pH, pW].</summary>
    public static Tensor ToPixels(Tensor input, int size)
    {
        if (size == 1)
            return input.alias();
        using var scope = NewDisposeScope();
        var (batch, channels) = (input.shape[0], input.shape[1] / (size * size));
        var (height, width) = (input.shape[2], input.shape[3]);
        return input
            .reshape(batch, channels, size, size, height, width)
            .permute(0, 1, 4, 2, 5, 3)
            .reshape(batch, channels, height * size, width * size)
            .MoveToOuterDisposeScope();
    }
}
