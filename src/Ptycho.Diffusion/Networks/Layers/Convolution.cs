using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>A square 2-D convolution over [B, C, H, W] that can compute in bfloat16.</summary>
internal sealed class Convolution : UnaryModule
{
    private readonly long[] _stride;
    private readonly long[] _padding;
#pragma warning disable IDE1006 // The names are the keys under which the parameters are registered.
    private Parameter weight;
    private Parameter bias;
#pragma warning restore IDE1006

    public Convolution(
        WeightInitializer initializer,
        long inChannels,
        long outChannels,
        int kernel = 3,
        int stride = 1,
        bool zero = false
    )
        : base(nameof(Convolution))
    {
        _stride = [stride, stride];
        _padding = [kernel / 2, kernel / 2];
        var fanIn = inChannels * kernel * kernel;
        weight = initializer.Draw(zero, fanIn, outChannels, inChannels, kernel, kernel);
        bias = initializer.Draw(zero, fanIn, outChannels);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public ComputePrecision Precision { get; set; }

    public override Tensor forward(Tensor input)
    {
        if (Precision == ComputePrecision.Float32)
            return nn.functional.conv2d(input, weight, bias, strides: _stride, padding: _padding);
        using var scope = NewDisposeScope();
        return nn
            .functional.conv2d(
                input.to_type(ScalarType.BFloat16),
                weight.to_type(ScalarType.BFloat16),
                bias.to_type(ScalarType.BFloat16),
                strides: _stride,
                padding: _padding
            )
            .to_type(ScalarType.Float32)
            .MoveToOuterDisposeScope();
    }
}
