using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>Twice the size by repeated pixels, then a convolution ("conv") if it is learned.</summary>
internal sealed class UpsampleBlock : UnaryModule
{
    private readonly Convolution? _convolution;

    public UpsampleBlock(WeightInitializer initializer, long channels, bool learned)
        : base(nameof(UpsampleBlock))
    {
        if (!learned)
            return;
        _convolution = new Convolution(initializer, channels, channels, form: PixelDoubling.Instance);
        register_module("conv", _convolution);
    }

    public override Tensor forward(Tensor input) => _convolution?.forward(input) ?? Resampling.Double(input);
}
