using System.Collections.Immutable;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// What each detector pixel and each frame is worth: 1 measured, 0 unknown (dead pixel, gap, beamstop, saturation),
/// anything between a weight. The weight of pixel q in frame k is <c>PixelWeights[q]·FrameWeights[k]</c>.
/// </summary>
public sealed class DetectorMask
{
    /// <summary>Takes weights; both arrays are copied.</summary>
    /// <param name="pixelWeights">Weights in [0, 1], [h·w] row-major with the zero frequency at [0, 0].</param>
    /// <param name="frameWeights">Weights in [0, 1], one a frame, or null for 1 everywhere.</param>
    /// <exception cref="ArgumentException">A weight is outside [0, 1] (its index is named), or all are 0.</exception>
    public DetectorMask(ReadOnlySpan<float> pixelWeights, float[]? frameWeights = null)
    {
        Check(pixelWeights, nameof(pixelWeights));
        Check(frameWeights ?? [1], nameof(frameWeights));
        PixelWeights = [.. pixelWeights];
        FrameWeights = frameWeights is null ? null : ImmutableArray.Create(frameWeights);
    }

    /// <summary>Weight of every pixel, [h·w], the zero frequency at [0, 0].</summary>
    public ImmutableArray<float> PixelWeights { get; }

    /// <summary>Weight of every frame, or null for 1 everywhere.</summary>
    public ImmutableArray<float>? FrameWeights { get; }

    /// <summary>The weight of a frame.</summary>
    public float FrameWeight(int frame) => FrameWeights is { } weights ? weights[frame] : 1;

    private static void Check(ReadOnlySpan<float> weights, string name)
    {
        var any = false;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && weights[i] <= 1))
                throw new ArgumentException($"Weight {i} is {weights[i]}; weights must be in [0, 1].", name);
            any |= weights[i] > 0;
        }

        if (!any)
            throw new ArgumentException("All weights are 0: nothing would be measured.", name);
    }
}
