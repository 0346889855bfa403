using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>
/// Sinusoidal features cat[cos, sin] of a time, with frequencies 10000^(−i/half), through two affine layers.
/// The result is already activated (SiLU), as every residual block begins with that.
/// </summary>
internal sealed class TimeEmbedding : UnaryModule
{
    private readonly float[] _frequencies;
    private readonly bool _odd;
    private readonly LinearLayer _first;
    private readonly LinearLayer _second;

    public TimeEmbedding(WeightInitializer initializer, int channels, int width)
        : base(nameof(TimeEmbedding))
    {
        var half = channels / 2;
        _odd = channels % 2 == 1;
        _frequencies = new float[half];
        for (var i = 0; i < half; i++)
            _frequencies[i] = (float)Math.Exp(-Math.Log(10000) * i / half);
        _first = new LinearLayer(initializer, channels, width);
        _second = new LinearLayer(initializer, width, width);
        register_module("0", _first);
        register_module("2", _second);
    }

    public override Tensor forward(Tensor time)
    {
        using var scope = NewDisposeScope();
        var frequencies = tensor(_frequencies, dtype: ScalarType.Float32, device: time.device);
        var arguments = time.to_type(ScalarType.Float32).unsqueeze(1) * frequencies.unsqueeze(0);
        var parts = new List<Tensor> { arguments.cos(), arguments.sin() };
        if (_odd)
            parts.Add(zeros(time.shape[0], 1, dtype: ScalarType.Float32, device: time.device));
        var hidden = nn.functional.silu(_first.forward(cat(parts, 1)));
        return nn.functional.silu(_second.forward(hidden)).MoveToOuterDisposeScope();
    }
}
