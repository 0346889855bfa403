using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>A square 2-D convolution over [B, C, H, W] that can compute in bfloat16.</summary>
internal sealed class Convolution : UnaryModule
{
    private readonly long[] _stride;
    private readonly long[] _padding;
    private (Tensor Weight, Tensor Bias)? _rounded;
    private IntPtr _roundedFrom;
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

    /// <summary>
    /// Says that the values will not change any more, so that their bfloat16 copies are made once: rounding millions of
    /// weights costs several percent of a forward pass.
    /// </summary>
    public bool IsFrozen { get; set; }

    public override Tensor forward(Tensor input)
    {
        if (Precision == ComputePrecision.Float32)
            return nn.functional.conv2d(input, weight, bias, strides: _stride, padding: _padding);
        using var scope = NewDisposeScope();
        var (roundedWeight, roundedBias) = Rounded();
        return nn
            .functional.conv2d(
                input.to_type(ScalarType.BFloat16),
                roundedWeight,
                roundedBias,
                strides: _stride,
                padding: _padding
            )
            .to_type(ScalarType.Float32)
            .MoveToOuterDisposeScope();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            DropRounded();
        base.Dispose(disposing);
    }

    private (Tensor Weight, Tensor Bias) Rounded()
    {
        if (!IsFrozen || weight.requires_grad)
            return (weight.to_type(ScalarType.BFloat16), bias.to_type(ScalarType.BFloat16));
        // A move to another device replaces the parameter, and its handle with it.
        if (_rounded is null || _roundedFrom != weight.Handle)
        {
            DropRounded();
            _rounded = (
                weight.to_type(ScalarType.BFloat16).DetachFromDisposeScope(),
                bias.to_type(ScalarType.BFloat16).DetachFromDisposeScope()
            );
            _roundedFrom = weight.Handle;
        }
        return _rounded.Value;
    }

    private void DropRounded()
    {
        _rounded?.Weight.Dispose();
        _rounded?.Bias.Dispose();
        _rounded = null;
    }
}
