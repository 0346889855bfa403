using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>A square 2-D convolution over [B, C, H, W] that can compute in bfloat16.</summary>
internal sealed class Convolution : UnaryModule
{
    private readonly IKernelForm? _form;
    private readonly long[] _stride;
    private readonly long[] _padding;
    private (Tensor Weight, Tensor Bias)? _prepared;
    private IntPtr _preparedFrom;
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
        bool zero = false,
        IKernelForm? form = null
    )
        : base(nameof(Convolution))
    {
        _form = form;
        _stride = [stride, stride];
        _padding = [kernel / 2, kernel / 2];
        var fanIn = inChannels * kernel * kernel;
        weight = initializer.Draw(zero, fanIn, outChannels, inChannels, kernel, kernel);
        bias = initializer.Draw(zero, fanIn, outChannels);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public ComputePrecision Precision
    {
        get;
        set
        {
            field = value;
            DropPrepared();
        }
    }

    /// <summary>
    /// Says that the values will not change any more, so that what is made from them is made once: rounding millions of
    /// weights costs several percent of a forward pass.
    /// </summary>
    public bool IsFrozen { get; set; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var kernel = _form is null && Precision == ComputePrecision.Float32 ? (weight, bias) : Prepared();
        var output =
            Precision == ComputePrecision.Float32
                ? Convolve(input, kernel)
                : Convolve(input.to_type(ScalarType.BFloat16), kernel).to_type(ScalarType.Float32);
        return (_form is null ? output : _form.Assemble(output)).MoveToOuterDisposeScope();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            DropPrepared();
        base.Dispose(disposing);
    }

    private Tensor Convolve(Tensor input, (Tensor Weight, Tensor Bias) kernel) =>
        nn.functional.conv2d(input, kernel.Weight, kernel.Bias, strides: _stride, padding: _padding);

    private (Tensor Weight, Tensor Bias) Prepared()
    {
        if (!IsFrozen || weight.requires_grad)
            return Make();
        // A move to another device replaces the parameter, and its handle with it.
        if (_prepared is null || _preparedFrom != weight.Handle)
        {
            DropPrepared();
            using var scope = NewDisposeScope();
            var (kernel, offsets) = Make();
            _prepared = (kernel.DetachFromDisposeScope(), offsets.DetachFromDisposeScope());
            _preparedFrom = weight.Handle;
        }
        return _prepared.Value;
    }

    private (Tensor Weight, Tensor Bias) Make()
    {
        var (kernel, offsets) = _form is null ? (weight, bias) : _form.Prepare(weight, bias);
        return Precision == ComputePrecision.Float32
            ? (kernel, offsets)
            : (kernel.to_type(ScalarType.BFloat16), offsets.to_type(ScalarType.BFloat16));
    }

    private void DropPrepared()
    {
        _prepared?.Weight.Dispose();
        _prepared?.Bias.Dispose();
        _prepared = null;
    }
}
