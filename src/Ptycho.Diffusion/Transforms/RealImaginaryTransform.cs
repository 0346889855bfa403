using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Transforms;

/// <summary>
/// Channel 0 is (Re f − mean)/scale, channel 1 is (Im f − mean)/scale: linear, without branches of a phase.
/// </summary>
public sealed class RealImaginaryTransform : IDataTransform, IPhaseTurn
{
    internal const string StoredName = "real-imaginary";

    private readonly Scalar _minimum;
    private readonly Scalar _maximum;

    /// <summary>The transform with the given numbers.</summary>
    /// <param name="options">The numbers; defaults if not given.</param>
    public RealImaginaryTransform(RealImaginaryOptions? options = null)
    {
        Options = options ?? new RealImaginaryOptions();
        _minimum = -Options.ClipMagnitude;
        _maximum = Options.ClipMagnitude;
    }

    /// <summary>The numbers of the transform.</summary>
    public RealImaginaryOptions Options { get; }

    /// <inheritdoc/>
    public string Name => StoredName;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Parameters =>
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create("realMean", Options.RealMean),
                KeyValuePair.Create("imaginaryMean", Options.ImaginaryMean),
                KeyValuePair.Create("scale", Options.Scale),
                KeyValuePair.Create("clipMagnitude", Options.ClipMagnitude),
            ]
        );

    /// <inheritdoc/>
    public Tensor ToChannels(Tensor obj)
    {
        ChannelShapes.CheckObject(obj);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>
        {
            (obj.real - Options.RealMean) / Options.Scale,
            (obj.imag - Options.ImaginaryMean) / Options.Scale,
        };
        return stack(parts, 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor ToObject(Tensor channels)
    {
        ChannelShapes.CheckChannels(channels);
        using var scope = NewDisposeScope();
        return complex(
                channels.select(1, 0) * Options.Scale + Options.RealMean,
                channels.select(1, 1) * Options.Scale + Options.ImaginaryMean
            )
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Turn(Tensor channels, Tensor radians)
    {
        ChannelShapes.CheckTurn(channels, radians);
        using var scope = NewDisposeScope();
        var factor = polar(ones_like(radians), radians).view(-1, 1, 1);
        return ToChannels(ToObject(channels) * factor).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Clip(Tensor channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return channels.clamp(_minimum, _maximum);
    }
}
