using System.Numerics;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

public sealed class StartChannelsTests
{
    private static readonly MagnitudePhaseTransform s_transform = new();

    [Test]
    public void APhaseWithinItsRangeIsTakenAsTheTransformTakesItBitForBit()
    {
        using var scope = NewDisposeScope();
        var objects = Noisy(BloodSmearPhantom.Create(60, 70, 1), 0.4).ToTensor().unsqueeze(0);
        var expected = s_transform.ToChannels(objects);
        Assert.That(StartChannels.Of(s_transform, objects).allclose(expected, 0, 0), Is.True);
    }

    [Test]
    public void APhaseThatDriftsOverTheFieldDoesNotJump()
    {
        using var scope = NewDisposeScope();
        var smear = BloodSmearPhantom.Create(64, 160, 2);
        var drifting = smear.Clone();
        for (var y = 0; y < 64; y++)
        for (var x = 0; x < 160; x++)
            drifting[y, x] *= Complex.FromPolarCoordinates(1, 0.09 * (x - 80));
        var noisy = Noisy(drifting, 0.2);
        var objects = stack([noisy.ToTensor(), Noisy(smear, 0.2).ToTensor()]);

        var channels = StartChannels.Of(s_transform, objects);

        var phase = s_transform.Phase(channels);
        var still = s_transform.Phase(s_transform.ToChannels(Noisy(smear, 0).ToTensor().unsqueeze(0)));
        var drift = arange(160, dtype: ScalarType.Float32) * 0.09 - 0.09 * 80;
        var off = phase[0] - drift - still[0];
        var turns = (off.mean() / (2 * Math.PI)).round() * (2 * Math.PI);
        Assert.That((off - turns).abs().max().ToDouble(), Is.LessThan(2.5), "noise at dark cells, but no whole turn");
        Assert.That(
            (s_transform.Phase(s_transform.ToChannels(objects))[0] - drift - still[0]).abs().max().ToDouble(),
            Is.GreaterThan(6),
            "taken in (−π, π] it jumps"
        );
        Assert.That(
            (s_transform.ToObject(channels) - objects).abs().max().ToDouble(),
            Is.LessThan(1e-4),
            "the object is the same"
        );
    }

    [Test]
    public void ATransformWithoutAPhaseIsLeftAlone()
    {
        using var scope = NewDisposeScope();
        var transform = new RealImaginaryTransform();
        var objects = BloodSmearPhantom.Create(20, 20, 1).ToTensor().unsqueeze(0);
        Assert.That(StartChannels.Of(transform, objects).allclose(transform.ToChannels(objects), 0, 0), Is.True);
    }

    [TestCase(64, 300)]
    [TestCase(128, 300)]
    [TestCase(192, 1012)]
    [TestCase(256, 2400)]
    [TestCase(512, 4800)]
    public void AWarmStartTakesLongerOnALargerField(int size, int iterations)
    {
        var forward = new Shapes(100, size, 32);
        Assert.That(WarmStartLength.Of(300, forward), Is.EqualTo(iterations));
        Assert.That(WarmStartLength.Of(0, forward), Is.Zero);
    }

    private static ComplexField Noisy(ComplexField field, double sigma)
    {
        var random = new Random(4);
        var noisy = field.Clone();
        for (var y = 0; y < field.Height; y++)
        for (var x = 0; x < field.Width; x++)
            noisy[y, x] += sigma * new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        return noisy;
    }

    /// <summary>An operator that has shapes and nothing else.</summary>
    private sealed class Shapes(long height, long width, long window) : IForwardOperator
    {
        public (long Height, long Width) ObjectShape => (height, width);

        public (long Frames, long Modes, long Height, long Width) FarFieldShape => (1, 1, window, window);

        public Tensor Forward(Tensor obj) => throw new NotSupportedException();

        public Tensor Adjoint(Tensor farField) => throw new NotSupportedException();
    }
}
