using Ptycho.Diffusion.Transforms;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// The channels of a <see cref="MagnitudePhaseTransform"/>, (|f| − mean)/scale and φ/scale, with the crop's unwrapped
/// phase, clipped to the range that objects have, so that a few extreme pixels do not rule the training.
/// </summary>
public sealed class MagnitudePhaseEncoder : ICropEncoder
{
    private readonly MagnitudePhaseOptions transform;

    /// <summary>Encodes with the numbers of a transform.</summary>
    public MagnitudePhaseEncoder(MagnitudePhaseOptions? transform = null) =>
        this.transform = transform ?? new MagnitudePhaseOptions();

    /// <inheritdoc />
    public int Channels => 2;

    /// <summary>Lowest and highest magnitude channel of a training crop, −2.7 and 1.7 by default.</summary>
    public ChannelRange MagnitudeRange { get; init; } = new(-2.7f, 1.7f);

    /// <summary>Lowest and highest phase channel of a training crop, −3 and 4.5 by default.</summary>
    public ChannelRange PhaseRange { get; init; } = new(-3f, 4.5f);

    /// <inheritdoc />
    public void Encode(ComplexCrop crop, Span<float> channels)
    {
        ArgumentNullException.ThrowIfNull(crop);
        var count = crop.Field.Length;
        if (channels.Length != 2 * count)
            throw new ArgumentException(
                $"The channels need {2 * count} values, not {channels.Length}.",
                nameof(channels)
            );
        var (mean, scale) = ((float)transform.MagnitudeMean, (float)(1 / transform.MagnitudeScale));
        var phaseScale = (float)(1 / transform.PhaseScale);
        for (var i = 0; i < count; i++)
        {
            var (re, im) = (crop.Field.Real[i], crop.Field.Imaginary[i]);
            channels[i] = MagnitudeRange.Clip((MathF.Sqrt(re * re + im * im) - mean) * scale);
            channels[count + i] = PhaseRange.Clip(crop.Phase[i] * phaseScale);
        }
    }
}
