using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks;

/// <summary>
/// A network that denoises images: takes [B, C, H, W] float32 and times t = level − 1, [B] float32, and gives
/// [B, C, H, W], or [B, 2C, H, W] where it also learns the variance. A user's own network derives from this to be
/// stored and loaded as a prior.
/// </summary>
/// <param name="name">The module's name.</param>
public abstract class ScoreNetwork(string name) : nn.Module<Tensor, Tensor, Tensor>(name)
{
    private ComputePrecision _precision;

    /// <summary>The name of the architecture, as it is stored with weights.</summary>
    public abstract string Architecture { get; }

    /// <summary>C, the channels of an image.</summary>
    public abstract int Channels { get; }

    /// <summary>Whether the output has 2C channels, the second half for the variance.</summary>
    public abstract bool LearnsVariance { get; }

    /// <summary>Height and width have to be multiples of this.</summary>
    public abstract int SizeMultiple { get; }

    /// <summary>The arithmetic of the convolutions; not stored with weights. May be changed between calls.</summary>
    public ComputePrecision Precision
    {
        get => _precision;
        set
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Precision must be Float32 or BFloat16.");
            _precision = value;
            foreach (var module in modules())
                if (module is Convolution convolution)
                    convolution.Precision = value;
        }
    }

    /// <summary>
    /// Says that the weights are final: none asks for gradients any more, the mode is that of evaluation, and copies of
    /// the weights in another precision may be kept. Changing them later gives wrong results.
    /// </summary>
    internal void Freeze()
    {
        eval();
        foreach (var parameter in parameters())
            parameter.requires_grad_(false);
        foreach (var module in modules())
            if (module is Convolution convolution)
                convolution.IsFrozen = true;
    }

    /// <summary>The configuration as JSON, enough to build the same network with other weights.</summary>
    public abstract string Describe();

    /// <summary>The number of parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Throws where an input does not fit, naming what does.</summary>
    /// <param name="input">The image batch.</param>
    /// <param name="time">The times.</param>
    /// <exception cref="ArgumentException">The shape of the input or of the times does not fit.</exception>
    protected void CheckInput(Tensor input, Tensor time)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(time);
        var shape = input.shape;
        if (shape.Length != 4 || shape[1] != Channels)
            throw new ArgumentException(
                $"{GetName()} takes [B, {Channels}, H, W]; got [{string.Join(", ", shape)}].",
                nameof(input)
            );
        if (shape[2] % SizeMultiple != 0 || shape[3] % SizeMultiple != 0 || shape[2] == 0 || shape[3] == 0)
            throw new ArgumentException(
                $"{GetName()} takes heights and widths that are multiples of {SizeMultiple}; got {shape[2]}×{shape[3]}.",
                nameof(input)
            );
        var times = time.shape;
        if (times.Length != 1 || times[0] != shape[0])
            throw new ArgumentException(
                $"A batch of {shape[0]} needs times of shape [{shape[0]}]; got [{string.Join(", ", times)}].",
                nameof(time)
            );
    }
}
