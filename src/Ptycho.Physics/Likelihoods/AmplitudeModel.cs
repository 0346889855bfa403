using Ptycho.Physics.Measurements;
using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>What the likelihoods share: measured amplitudes, the mask, and the amplitude of far fields.</summary>
internal sealed class AmplitudeModel : IDisposable
{
    private readonly Tensor? _weights;

    internal AmplitudeModel(DiffractionData data, Device? device)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        long[] shape = [data.FrameCount, 1, data.Height, data.Width];
        Amplitudes = tensor(data.ToAmplitudes(), shape, device: device).DetachFromDisposeScope();
        if (data.Mask is not { } mask)
            return;
        var pixels = tensor(mask.PixelWeights.ToArray(), device: device).reshape(1, 1, data.Height, data.Width);
        if (mask.FrameWeights is { } frames)
            pixels = pixels * tensor(frames.ToArray(), device: device).reshape(-1, 1, 1, 1);
        _weights = pixels.DetachFromDisposeScope();
    }

    /// <summary>y, float32 [K, 1, h, w].</summary>
    internal Tensor Amplitudes { get; }

    /// <summary>√Σ_m |ψ_m|², float32 [B, K, 1, h, w].</summary>
    internal static Tensor Amplitude(Tensor farField) =>
        farField.shape[2] == 1 ? farField.abs() : farField.abs().square().sum(2, keepdim: true).sqrt_();

    internal bool HasWeights => _weights is not null;

    /// <summary>ψ/a over all modes, 0 where there is no light.</summary>
    internal static Tensor Direction(Tensor farField)
    {
        if (farField.shape[2] == 1)
            return farField.sgn();
        using var scope = NewDisposeScope();
        // A zero field has no direction; and torch divides complex numbers by way of squares, which underflow.
        var amplitude = Amplitude(farField);
        var reciprocal = amplitude.clamp_min(1e-30f).reciprocal() * (amplitude > 0).to(ScalarType.Float32);
        return (farField * reciprocal).MoveToOuterDisposeScope();
    }

    /// <summary>Σ over an object's pixels of w·e, float32 [B].</summary>
    internal Tensor Sum(Tensor perPixel)
    {
        using var scope = NewDisposeScope();
        return Weighted(perPixel).flatten(1).sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>w·e; e itself where there is no mask.</summary>
    internal Tensor Weighted(Tensor perPixel) => _weights is null ? perPixel : perPixel * _weights;

    public void Dispose()
    {
        Amplitudes.Dispose();
        _weights?.Dispose();
    }
}
