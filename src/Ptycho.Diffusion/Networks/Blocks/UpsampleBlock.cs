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
        _convolution = new Convolution(initializer, channels, channels);
        register_module("conv", _convolution);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var doubled = Resampling.Double(input);
        return (_convolution is null ? doubled : _convolution.forward(doubled)).MoveToOuterDisposeScope();
    }
}
