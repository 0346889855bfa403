using static TorchSharp.torch;

namespace Ptycho.Diffusion.Transforms;

/// <summary>Checks of what transforms are given.</summary>
internal static class ChannelShapes
{
    public static void CheckObject(Tensor obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj.dim() != 3 || obj.dtype != ScalarType.ComplexFloat32)
            throw new ArgumentException(
                $"An object must be complex64 [B, H, W]; got {obj.dtype} [{string.Join(", ", obj.shape)}].",
                nameof(obj)
            );
    }

    public static void CheckChannels(Tensor channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var shape = channels.shape;
        if (shape.Length != 4 || shape[1] != 2)
            throw new ArgumentException(
                $"Channels must be [B, 2, H, W]; got [{string.Join(", ", shape)}].",
                nameof(channels)
            );
    }

    public static void CheckTurn(Tensor channels, Tensor radians)
    {
        CheckChannels(channels);
        ArgumentNullException.ThrowIfNull(radians);
        if (radians.dim() != 1 || radians.shape[0] != channels.shape[0])
            throw new ArgumentException(
                $"There must be one angle for each of the {channels.shape[0]} objects; got [{string.Join(", ", radians.shape)}].",
                nameof(radians)
            );
    }
}
