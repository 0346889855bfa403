using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Transforms;

/// <summary>
/// Channel 0 is (|f| − mean)/scale, channel 1 is φ/phaseScale. The map back is m·e^{iφ}, so a magnitude that a
/// network makes slightly negative stays differentiable and counts as a phase of π.
/// </summary>
public sealed class MagnitudePhaseTransform : IDataTransform, IPhaseBranch, IPhaseTurn
{
    internal const string StoredName = "magnitude-phase";

    private readonly Scalar _minimum;
    private readonly Scalar _maximum;

    /// <summary>The transform with the given numbers; the defaults are those of blood-smear objects of median
    /// magnitude 1.</summary>
    /// <param name="options">The numbers; defaults if not given.</param>
    public MagnitudePhaseTransform(MagnitudePhaseOptions? options = null)
    {
        Options = options ?? new MagnitudePhaseOptions();
        if (!(Options.ClipMinimum < Options.ClipMaximum))
            throw new ArgumentException(
                $"ClipMinimum ({Options.ClipMinimum}) must be below ClipMaximum ({Options.ClipMaximum}).",
                nameof(options)
            );
        _minimum = Options.ClipMinimum;
        _maximum = Options.ClipMaximum;
    }

    /// <summary>The numbers of the transform.</summary>
    public MagnitudePhaseOptions Options { get; }

    /// <inheritdoc/>
    public string Name => StoredName;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Parameters =>
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create("magnitudeMean", Options.MagnitudeMean),
                KeyValuePair.Create("magnitudeScale", Options.MagnitudeScale),
                KeyValuePair.Create("phaseScale", Options.PhaseScale),
                KeyValuePair.Create("clipMinimum", Options.ClipMinimum),
                KeyValuePair.Create("clipMaximum", Options.ClipMaximum),
            ]
        );

    /// <inheritdoc/>
    /// <remarks>The phase is taken in (−π, π].</remarks>
    public Tensor ToChannels(Tensor obj)
    {
        ChannelShapes.CheckObject(obj);
        using var scope = NewDisposeScope();
        return Stack(obj.abs(), obj.angle()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor ToChannels(Tensor obj, Tensor referencePhase)
    {
        ChannelShapes.CheckObject(obj);
        ArgumentNullException.ThrowIfNull(referencePhase);
        using var scope = NewDisposeScope();
        var phase = obj.angle();
        var turns = ((referencePhase - phase) / (2 * Math.PI)).round();
        return Stack(obj.abs(), phase + turns * (2 * Math.PI)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor ToObject(Tensor channels)
    {
        ChannelShapes.CheckChannels(channels);
        using var scope = NewDisposeScope();
        var magnitude = channels.select(1, 0) * Options.MagnitudeScale + Options.MagnitudeMean;
        var phase = channels.select(1, 1) * Options.PhaseScale;
        // Not polar: libtorch's derivative of it has the wrong sign in the magnitude where that is negative.
        return complex(magnitude * phase.cos(), magnitude * phase.sin()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Phase(Tensor channels)
    {
        ChannelShapes.CheckChannels(channels);
        using var scope = NewDisposeScope();
        return (channels.select(1, 1) * Options.PhaseScale).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Turn(Tensor channels, Tensor radians)
    {
        ChannelShapes.CheckTurn(channels, radians);
        using var scope = NewDisposeScope();
        var turned = channels.clone();
        turned.select(1, 1).add_(radians.view(-1, 1, 1) / Options.PhaseScale);
        return turned.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Clip(Tensor channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return channels.clamp(_minimum, _maximum);
    }

    private Tensor Stack(Tensor magnitude, Tensor phase) =>
        stack(
            new List<Tensor>
            {
                (magnitude - Options.MagnitudeMean) / Options.MagnitudeScale,
                phase / Options.PhaseScale,
            },
            1
        );
}
