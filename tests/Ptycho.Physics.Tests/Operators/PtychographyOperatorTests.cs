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
    public void FieldsComeBackUnchanged()
    {
        var field = new ComplexField(2, 3, [1, 2, 3, 4, 5, 6], [-1, 0, 1, 2, 3, 4]);
        using var scope = NewDisposeScope();
        var back = field.ToTensor().conj().ToField();
        Assert.That(back.Real, Is.EqualTo(field.Real));
        Assert.That(back.Imaginary, Is.EqualTo(field.Imaginary.Select(v => -v)));
    }

    [Test]
    public void WorkLeavesNoTensorBehind()
    {
        using var forward = new PtychographyOperator(TwoModes(), Fractional(), 64, 80);
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
