using System.Numerics;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class MagnitudePhaseEncoderTests
{
    private static readonly MagnitudePhaseOptions Numbers = new()
    {
        MagnitudeMean = 0.8,
        MagnitudeScale = 0.4,
        PhaseScale = 0.25,
    };

    private static ComplexCrop Crop(params (double Magnitude, double Phase)[] pixels)
    {
        var field = new ComplexField(1, pixels.Length);
        for (var i = 0; i < pixels.Length; i++)
            field[0, i] = Complex.FromPolarCoordinates(pixels[i].Magnitude, pixels[i].Phase);
        return new ComplexCrop(field, [.. pixels.Select(p => (float)p.Phase)], default);
    }

    [Test]
    public void Channels_are_scaled_magnitude_and_unwrapped_phase()
    {
        var encoder = new MagnitudePhaseEncoder(Numbers)
        {
            MagnitudeRange = new ChannelRange(-10, 10),
            PhaseRange = new ChannelRange(-20, 20),
        };
        var channels = new float[6];
        // The second phase lies beyond π and must stay there.
        encoder.Encode(Crop((0.8, 0), (1.2, 3.5), (0.2, -1)), channels);
        Assert.That(channels, Is.EqualTo(new[] { 0f, 1, -1.5f, 0, 14, -4 }).Within(1e-5));
    }

    [Test]
    public void Channels_agree_with_the_transform_that_is_stored_with_the_prior()
    {
        using var scope = NewDisposeScope();
        var crop = Crop((0.7, 0.3), (1.1, -0.5), (0.9, 0.1), (0.5, 0.8));
        var channels = new float[8];
        new MagnitudePhaseEncoder(Numbers).Encode(crop, channels);
        var transform = new MagnitudePhaseTransform(Numbers);
        var obj = transform.ToObject(tensor(channels).reshape(1, 2, 1, 4));
        var magnitudes = obj.abs().data<float>().ToArray();
        var phases = obj.angle().data<float>().ToArray();
        for (var i = 0; i < 4; i++)
        {
            Assert.That(magnitudes[i], Is.EqualTo(crop.Field[0, i].Magnitude).Within(1e-6));
            Assert.That(phases[i], Is.EqualTo(crop.Field[0, i].Phase).Within(1e-6));
        }
    }

    [Test]
    public void Extreme_pixels_are_clipped()
    {
        var channels = new float[4];
        new MagnitudePhaseEncoder().Encode(Crop((9, 6), (0, -6)), channels);
        Assert.That(channels, Is.EqualTo(new[] { 1.7f, -2.7f, 4.5f, -3f }));
    }

    [Test]
    public void A_span_of_another_length_is_refused()
    {
        var encoder = new MagnitudePhaseEncoder();
        Assert.That(
            () => encoder.Encode(Crop((1, 0), (1, 0)), new float[3]),
            Throws.ArgumentException.With.Message.Contains("4 values, not 3")
        );
    }
}
