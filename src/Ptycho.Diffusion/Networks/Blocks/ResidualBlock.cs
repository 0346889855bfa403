using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>
/// The residual block of Dhariwal and Nichol: norm, SiLU, convolution; the time embedding as an addition or as scale
/// and shift of the second norm; SiLU, dropout, a convolution that starts at 0. A resizing block resamples both the
/// activated input and the skip before the convolution.
/// </summary>
internal sealed class ResidualBlock : ConditionedModule
{
    private readonly BlockOptions _options;
    private readonly ResizeMode _resize;
    private readonly long _outChannels;
    private readonly GroupNormalization _inNorm;
    private readonly Convolution _inConvolution;
    private readonly LinearLayer _embedding;
    private readonly GroupNormalization _outNorm;
    private readonly Convolution _outConvolution;
    private readonly Convolution? _skip;

    public ResidualBlock(
        WeightInitializer initializer,
        BlockOptions options,
        long inChannels,
        long outChannels,
        ResizeMode resize = ResizeMode.Keep
    )
        : base(nameof(ResidualBlock))
    {
        _options = options;
        _resize = resize;
        _outChannels = outChannels;
        _inNorm = new GroupNormalization(initializer, options.Groups, inChannels);
        _inConvolution = new Convolution(initializer, inChannels, outChannels);
        _embedding = new LinearLayer(
            initializer,
            options.EmbeddingWidth,
            options.ScaleShift ? 2 * outChannels : outChannels
        );
        _outNorm = new GroupNormalization(initializer, options.Groups, outChannels);
        _outConvolution = new Convolution(initializer, outChannels, outChannels, zero: true);
        _skip = inChannels == outChannels ? null : new Convolution(initializer, inChannels, outChannels, kernel: 1);
        register_module("in_layers", new ModuleGroup(("0", _inNorm), ("2", _inConvolution)));
        register_module("emb_layers", new ModuleGroup(("1", _embedding)));
        register_module("out_layers", new ModuleGroup(("0", _outNorm), ("3", _outConvolution)));
        if (_skip is not null)
            register_module("skip_connection", _skip);
    }

    public override Tensor forward(Tensor input, Tensor embedding)
    {
        using var scope = NewDisposeScope();
        // What no gradient needs again is overwritten: a new plane costs the memory's time, here as much as the sum itself.
        var overwrite = !is_grad_enabled();
        var hidden = _inConvolution.forward(Resize(nn.functional.silu(_inNorm.forward(input), overwrite)));
        var condition = _embedding.forward(embedding);
        hidden = _options.ScaleShift
            ? _outNorm.Modulated(
                hidden,
                condition.narrow(1, 0, _outChannels),
                condition.narrow(1, _outChannels, _outChannels)
            )
            : _outNorm.forward(hidden + condition.unsqueeze(-1).unsqueeze(-1));
        hidden = nn.functional.silu(hidden, overwrite);
        if (training && _options.Dropout > 0)
            hidden = nn.functional.dropout(hidden, _options.Dropout, training: true);
        hidden = _outConvolution.forward(hidden);
        var skip = Resize(input);
        return hidden.add_(_skip is null ? skip : _skip.forward(skip)).MoveToOuterDisposeScope();
    }

    private Tensor Resize(Tensor input) =>
        _resize switch
        {
            ResizeMode.Down => Resampling.Halve(input),
            ResizeMode.Up => Resampling.Double(input),
            _ => input,
        };
}
