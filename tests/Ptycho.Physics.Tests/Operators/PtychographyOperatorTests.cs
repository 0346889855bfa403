using Ptycho.IO;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Operators;

public class PtychographyOperatorTests
{
    private static ScanPattern Fractional() =>
        new([new ScanPosition(-3.25, 2.5), new ScanPosition(10, 40.75), new ScanPosition(55.5, 20)]);

    private static Probe TwoModes()
    {
        var first = SyntheticProbes.StandardH().Modes[0];
        var second = SyntheticProbes.StandardP1().Modes[0];
        return Probe.FromModes([first, second]);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AdjointIsTheAdjoint(bool fractional)
    {
        var positions = fractional ? Fractional() : RasterScan.Clamped(64, 80, 32, 32, 20);
        using var forward = new PtychographyOperator(TwoModes(), positions, 64, 80);
        Assert.That(AdjointTest.Mismatch(forward), Is.LessThan(1e-6));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void NormalOperatorIsItsDiagonal(bool fractional)
    {
        var positions = fractional ? Fractional() : RasterScan.Overhanging(64, 80, 32, 32, 16);
        using var forward = new PtychographyOperator(TwoModes(), positions, 64, 80);
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        var f = randn([2, 64, 80], complex64, generator: generator);
        var normal = forward.Adjoint(forward.Forward(f));
        var error = (normal - f * forward.NormalDiagonal).abs().max().ToDouble();
        Assert.That(error, Is.LessThan(1e-4 * forward.NormalDiagonal.max().ToDouble()));
    }

    [TestCase("clamp_")]
    [TestCase("pad_")]
    public void NoiselessIntensitiesAgreeWithTheReference(string prefix)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "ptycho_small.npz");
        var file = NpzFile.Read(path, ["object", prefix + "positions", prefix + "noiseless"]);
        var truth = file["object"].ToComplexField();
        var positions = file[prefix + "positions"].ToDouble();
        var scan = new ScanPattern(
            Enumerable
                .Range(0, positions.Length / 2)
                .Select(k => new ScanPosition(positions[2 * k], positions[2 * k + 1]))
        );
        using var forward = new PtychographyOperator(SyntheticProbes.StandardH(), scan, truth.Height, truth.Width);
        using var scope = NewDisposeScope();
        var intensity = forward.Forward(truth.ToTensor().unsqueeze(0)).abs().square().data<float>().ToArray();
        var expected = file[prefix + "noiseless"].ToSingle();
        var largest = expected.Max();
        Assert.That(intensity.Zip(expected).Max(p => Math.Abs(p.First - p.Second)) / largest, Is.LessThan(1e-6));
    }

    [Test]
    public void WrongObjectShapeIsNamed()
    {
        using var forward = new PtychographyOperator(TwoModes(), RasterScan.Clamped(64, 64, 32, 32, 16), 64, 64);
        using var scope = NewDisposeScope();
        Assert.That(
            () => forward.Forward(zeros([1, 64, 63], complex64)),
            Throws.ArgumentException.With.Message.Contains("[1, 64, 63]").And.Message.Contains("64, 64")
        );
    }

    [Test]
    public void WhatIsNoObjectOrFarFieldIsNamed()
    {
        var positions = RasterScan.Clamped(64, 64, 32, 32, 16);
        using var forward = new PtychographyOperator(TwoModes(), positions, 64, 64);
        using var scope = NewDisposeScope();
        Tensor[] objects =
        [
            zeros([1, 64, 64]),
            zeros([64, 64], complex64),
            zeros([1, 63, 64], complex64),
            zeros([0, 64, 64], complex64),
        ];
        foreach (var bad in objects)
            Assert.That(() => forward.Forward(bad), Throws.ArgumentException.With.Message.Contains("The object must"));
        Tensor[] fields = [zeros([1, 9, 2, 32, 31], complex64), zeros([9, 2, 32, 32], complex64)];
        foreach (var bad in fields)
            Assert.That(
                () => forward.Adjoint(bad),
                Throws.ArgumentException.With.Message.Contains("The far field must be complex64 [B, 9, 2, 32, 32]")
            );
        Assert.That(() => forward.Forward(null!), Throws.ArgumentNullException);
        Assert.That(() => forward.Adjoint(null!), Throws.ArgumentNullException);
        Assert.That(() => new PtychographyOperator(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void TheLeastBoundIsThatOfOneFrame()
    {
        // 32×32 pixels, two modes, fractional: 4 + 8·2 + 6 + 3·2 + 2 complex numbers a pixel.
        const long least = 1024 * 34 * 8;
        using var forward = new PtychographyOperator(TwoModes(), Fractional(), 64, 80, memoryLimit: least);
        Assert.That(forward.FarFieldShape, Is.EqualTo((3, 2, 32, 32)));
        Assert.That(
            () => new PtychographyOperator(TwoModes(), Fractional(), 64, 80, memoryLimit: least - 1),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"takes {least} bytes")
        );
    }

    [Test]
    public void FieldsComeBackUnchanged()
    {
        var field = new ComplexField(2, 3, [1, 2, 3, 4, 5, 6], [-1, 0, 1, 2, 3, 4]);
        using var scope = NewDisposeScope();
        var back = field.ToTensor().conj().ToField();
        Assert.That(back.Real, Is.EqualTo(field.Real));
        Assert.That(back.Imaginary, Is.EqualTo(field.Imaginary.Select(v => -v)));
    }

    // One frame of one object, one frame of three objects, and some frames of three objects at once.
    [TestCase(300_000)]
    [TestCase(500_000)]
    [TestCase(900_000)]
    public void PartsGiveWhatAllAtOnceGives(long limit)
    {
        using var whole = new PtychographyOperator(TwoModes(), Fractional(), 64, 80);
        using var parts = new PtychographyOperator(TwoModes(), Fractional(), 64, 80, memoryLimit: limit);
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CPU);
        var f = randn([3, 64, 80], complex64, generator: generator);
        var farField = whole.Forward(f);
        AssertSame(parts.Forward(f), farField);
        AssertSame(parts.Adjoint(farField), whole.Adjoint(farField));
        AssertSame(parts.NormalDiagonal, whole.NormalDiagonal);
        Assert.That(AdjointTest.Mismatch(parts), Is.LessThan(1e-6));
    }

    [Test]
    public void ABoundTooSmallForAFrameIsRefused() =>
        Assert.That(
            () => new PtychographyOperator(TwoModes(), Fractional(), 64, 80, memoryLimit: 10_000),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("memoryLimit")
        );

    [Test, Platform("Linux")]
    public void MemoryStaysWithinTheBound([Values] bool fractional)
    {
        const long Limit = 8 << 20;
        var positions = RasterScan.Clamped(400, 400, 32, 32, 8);
        if (fractional)
            positions = positions.Shifted(0.25, -0.25);
        using var forward = new PtychographyOperator(TwoModes(), positions, 400, 400, memoryLimit: Limit);
        using var obj = ones([1, 400, 400], complex64);
        using var warm = forward.Forward(obj);
        var bytes = warm.numel() * 8;
        var ahead = PeakMemory.Of(() => forward.Forward(obj).Dispose());
        var back = PeakMemory.Of(() => forward.Adjoint(warm).Dispose());
        TestContext.Out.WriteLine($"far field {bytes >> 20} MiB; forward {ahead >> 20}, adjoint {back >> 20} MiB");
        // The result, a copy of the object, and what the allocator and the runtime move by themselves.
        const long Slack = 6 << 20;
        Assert.That(bytes, Is.GreaterThan(3 * Limit));
        Assert.That(ahead, Is.LessThan(bytes + Limit + Slack));
        Assert.That(back, Is.LessThan(Limit + Slack));
    }

    private static void AssertSame(Tensor actual, Tensor expected) =>
        Assert.That((actual - expected).abs().max().ToDouble(), Is.LessThan(1e-6 * expected.abs().max().ToDouble()));

    [TestCase(null)]
    [TestCase(300_000)]
    public void AnOperatorThatIsDisposedLeavesNoTensorBehind(long? limit)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (new PtychographyOperator(TwoModes(), Fractional(), 64, 80, memoryLimit: limit))
            Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.GreaterThan(before));
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [TestCase(null)]
    [TestCase(300_000)]
    public void WorkLeavesNoTensorBehind(long? limit)
    {
        using var forward = new PtychographyOperator(TwoModes(), Fractional(), 64, 80, memoryLimit: limit);
        using var obj = ones([1, 64, 80], complex64);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
        {
            using var farField = forward.Forward(obj);
            using var back = forward.Adjoint(farField);
        }
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }
}
