using Ptycho.Diffusion.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>
/// Self-attention over all pixels with a residual: norm, q, k and v by one pointwise convolution, softmax in float32,
/// a projection that starts at 0. q and k are each scaled by channels^(−1/4).
/// </summary>
internal sealed class AttentionBlock : UnaryModule
{
    private readonly long _heads;
    private readonly bool _splitFirst;
    private readonly Scalar _scale;
    private readonly GroupNormalization _norm;
    private readonly PointwiseConvolution _queryKeyValue;
    private readonly PointwiseConvolution _projection;

    /// <param name="initializer">Draws the weights.</param>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="heads">Heads; divides the channels.</param>
    /// <param name="groups">Groups of the norm.</param>
    /// <param name="splitFirst">True: q, k, v are split before the heads (the newer order of guided-diffusion).</param>
    public AttentionBlock(WeightInitializer initializer, long channels, long heads, int groups, bool splitFirst)
        : base(nameof(AttentionBlock))
    {
        if (heads < 1 || channels % heads != 0)
            throw new ArgumentException(
                $"{channels} channels do not divide into {heads} attention heads.",
                nameof(heads)
            );
        _heads = heads;
        _splitFirst = splitFirst;
        _scale = Math.Pow(channels / (double)heads, -0.25);
        _norm = new GroupNormalization(initializer, groups, channels);
        _queryKeyValue = new PointwiseConvolution(initializer, channels, 3 * channels);
        _projection = new PointwiseConvolution(initializer, channels, channels, zero: true);
        register_module("norm", _norm);
        register_module("qkv", _queryKeyValue);
        register_module("proj_out", _projection);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var shape = input.shape;
        var (batch, channels) = (shape[0], shape[1]);
        var flat = input.reshape(batch, channels, -1);
        var all = _queryKeyValue.forward(_norm.forward(flat));
        var (query, key, value) = Split(all, batch, channels / _heads);
        var weights = bmm((query * _scale).transpose(1, 2), key * _scale).softmax(-1);
        var mixed = bmm(value, weights.transpose(1, 2)).reshape(batch, channels, -1);
        return (flat + _projection.forward(mixed)).reshape(shape).MoveToOuterDisposeScope();
    }

    private (Tensor Query, Tensor Key, Tensor Value) Split(Tensor all, long batch, long width)
    {
        var pixels = all.shape[2];
        if (_splitFirst)
        {
            var channels = width * _heads;
            return (Part(0), Part(channels), Part(2 * channels));
            Tensor Part(long start) => all.narrow(1, start, channels).reshape(batch * _heads, width, pixels);
        }
        var heads = all.reshape(batch * _heads, 3 * width, pixels);
        return (heads.narrow(1, 0, width), heads.narrow(1, width, width), heads.narrow(1, 2 * width, width));
    }
}
