using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>Half the size, by a strided convolution ("op") or by means of 2 × 2 pixels.</summary>
internal sealed class DownsampleBlock : UnaryModule
{
    private readonly Convolution? _convolution;

    public DownsampleBlock(WeightInitializer initializer, long channels, bool learned)
        : base(nameof(DownsampleBlock))
    {
        if (!learned)
            return;
        _convolution = new Convolution(initializer, channels, channels, stride: 2);
        register_module("op", _convolution);
    }

    public override Tensor forward(Tensor input) =>
        _convolution is null ? Resampling.Halve(input) : _convolution.forward(input);
}
