using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Transforms;

public sealed class DataTransformTests
{
    private static readonly IDataTransform[] s_all = [new MagnitudePhaseTransform(), new RealImaginaryTransform()];

    private static Tensor DrawObject()
    {
        using var generator = new Generator(2);
        return polar(
            rand([2, 8, 6], generator: generator) + 0.05,
            (rand([2, 8, 6], generator: generator) - 0.5) * (2 * Math.PI)
        );
    }

    [TestCaseSource(nameof(s_all))]
    public void Objects_survive_the_round_trip(IDataTransform transform)
    {
        using var scope = NewDisposeScope();
        var obj = DrawObject();

        var channels = transform.ToChannels(obj);

        Assert.That(channels.shape, Is.EqualTo(new long[] { 2, 2, 8, 6 }));
        Assert.That(channels.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That((transform.ToObject(channels) - obj).abs().max().ToDouble(), Is.LessThan(1e-6));
    }

    [TestCaseSource(nameof(s_all))]
    public void Clipping_limits_and_leaves_the_rest(IDataTransform transform)
    {
        using var scope = NewDisposeScope();
        var channels = linspace(-9, 9, 2 * 4 * 4, dtype: ScalarType.Float32).reshape(1, 2, 4, 4);

        var clipped = transform.Clip(channels);

        var inside = channels.eq(clipped);
        Assert.That(clipped.max().ToDouble(), Is.EqualTo(4).Within(1e-6));
        Assert.That(clipped.min().ToDouble(), Is.GreaterThanOrEqualTo(-4));
        Assert.That(inside.to_type(ScalarType.Float32).mean().ToDouble(), Is.InRange(0.3, 0.5));
        Assert.That(transform.Clip(clipped).allclose(clipped, 0, 0), Is.True);
    }

    [Test]
    public void Magnitude_and_phase_have_the_documented_numbers()
    {
        using var scope = NewDisposeScope();
        var obj = polar(full(1, 1, 1, 1.3f), full(1, 1, 1, -0.7f));

        var channels = new MagnitudePhaseTransform().ToChannels(obj);

        Assert.That(channels[0, 0].ToSingle(), Is.EqualTo((1.3 - 0.95) / 0.35).Within(1e-6));
        Assert.That(channels[0, 1].ToSingle(), Is.EqualTo(-0.7 / 0.5).Within(1e-6));
    }

    [Test]
    public void A_reference_chooses_the_branch_of_the_phase()
    {
        using var scope = NewDisposeScope();
        var transform = new MagnitudePhaseTransform();
        var phase = linspace(-8, 8, 16, dtype: ScalarType.Float32).reshape(1, 4, 4);
        var obj = polar(ones(1, 4, 4), phase);

        var channels = transform.ToChannels(obj, phase + 0.9);

        Assert.That(transform.Phase(channels).allclose(phase, 1e-5, 1e-5), Is.True);
        Assert.That((transform.ToObject(channels) - obj).abs().max().ToDouble(), Is.LessThan(2e-6));
    }

    [TestCaseSource(nameof(s_all))]
    public void The_map_to_objects_has_the_right_gradient(IDataTransform transform)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var channels = randn([1, 2, 3, 3], generator: generator).requires_grad_();
        var weight = complex(randn([1, 3, 3], generator: generator), randn([1, 3, 3], generator: generator));
        Tensor Energy(Tensor at) => (transform.ToObject(at) - weight).abs().square().sum();

        Energy(channels).backward();

        using var noGrad = no_grad();
        var direction = randn([1, 2, 3, 3], generator: generator);
        const double Step = 1e-2;
        var numeric =
            (Energy(channels + direction * Step) - Energy(channels - direction * Step)).ToDouble() / (2 * Step);
        var analytic = (channels.grad! * direction).sum().ToDouble();
        Assert.That(analytic, Is.EqualTo(numeric).Within(1e-3 * Math.Max(1, Math.Abs(numeric))));
    }

    [TestCase(-0.03)]
    [TestCase(0.0)]
    [TestCase(0.8)]
    public void The_gradient_is_right_for_dark_and_negative_magnitudes(double magnitude)
    {
        // E = Re(w̄·m·e^{iφ}) has dE/dm = Re(w̄·e^{iφ}) and dE/dφ = −m·Im(w̄·e^{iφ}), of either sign of m.
        using var scope = NewDisposeScope();
        var transform = new MagnitudePhaseTransform();
        const double Phase = 0.6;
        var weight = new System.Numerics.Complex(1.3, -0.4);
        var start = new[]
        {
            (float)((magnitude - transform.Options.MagnitudeMean) / transform.Options.MagnitudeScale),
            (float)(Phase / transform.Options.PhaseScale),
        };
        var channels = tensor(start, dtype: ScalarType.Float32).reshape(1, 2, 1, 1).requires_grad_();

        var obj = transform.ToObject(channels);
        (obj.real * weight.Real + obj.imag * weight.Imaginary).sum().backward();

        var turned = System.Numerics.Complex.Conjugate(weight) * System.Numerics.Complex.FromPolarCoordinates(1, Phase);
        var gradient = channels.grad!.reshape(2).data<float>().ToArray();
        Assert.That(gradient[0], Is.EqualTo(turned.Real * transform.Options.MagnitudeScale).Within(1e-5));
        Assert.That(gradient[1], Is.EqualTo(-magnitude * turned.Imaginary * transform.Options.PhaseScale).Within(1e-5));
        var expected = magnitude * System.Numerics.Complex.FromPolarCoordinates(1, Phase);
        Assert.That(obj.real.item<float>(), Is.EqualTo(expected.Real).Within(1e-6));
        Assert.That(obj.imag.item<float>(), Is.EqualTo(expected.Imaginary).Within(1e-6));
    }

    [TestCaseSource(nameof(s_all))]
    public void Wrong_shapes_and_types_are_named(IDataTransform transform)
    {
        using var scope = NewDisposeScope();
        Assert.That(
            () => transform.ToChannels(ones(1, 4, 4)),
            Throws.ArgumentException.With.Message.Contains("complex64 [B, H, W]")
        );
        Assert.That(
            () => transform.ToObject(ones(1, 3, 4, 4)),
            Throws.ArgumentException.With.Message.Contains("[1, 3, 4, 4]")
        );
    }

    [Test]
    public void Wrong_options_are_refused()
    {
        Assert.That(
            () => new MagnitudePhaseOptions { MagnitudeScale = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MagnitudeScale")
        );
        Assert.That(
            () => new MagnitudePhaseTransform(new MagnitudePhaseOptions { ClipMinimum = 5 }),
            Throws.ArgumentException.With.Message.Contains("ClipMinimum")
        );
        Assert.That(
            () => new RealImaginaryOptions { ClipMagnitude = double.NaN },
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
    }
}
