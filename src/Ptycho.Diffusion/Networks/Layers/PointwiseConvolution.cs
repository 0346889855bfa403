using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>A convolution of kernel 1 over [B, C, T], with its weight kept as [out, in, 1].</summary>
internal sealed class PointwiseConvolution : UnaryModule
{
#pragma warning disable IDE1006 // The names are the keys under which the parameters are registered.
    private Parameter weight;
    private Parameter bias;
#pragma warning restore IDE1006

    public PointwiseConvolution(WeightInitializer initializer, long inChannels, long outChannels, bool zero = false)
        : base(nameof(PointwiseConvolution))
    {
        weight = initializer.Draw(zero, inChannels, outChannels, inChannels, 1);
        bias = initializer.Draw(zero, inChannels, outChannels);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        // As a 2-D convolution the bias goes into the product's accumulators.
        var output = nn.functional.conv2d(input.unsqueeze(2), weight.unsqueeze(2), bias);
        return output.squeeze(2).MoveToOuterDisposeScope();
    }
}
