using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Measurements;

public class MeasurementTests
{
    private static readonly Probe Probe = SyntheticProbes.Gaussian(4, 6, 2);

    [Test]
    public void CountsMustAgree() =>
        Assert.That(
            () => new Measurement(Data(3), new ScanPattern([new(0, 0), new(1, 1)]), Probe, 10, 10),
            Throws.ArgumentException.With.Message.Contains("3 frames but 2 positions")
        );

    [Test]
    public void ProbeMustFitTheFrames() =>
        Assert.That(
            () => new Measurement(Data(1), new ScanPattern([new(0, 0)]), SyntheticProbes.Gaussian(4, 4, 2), 10, 10),
            Throws.ArgumentException.With.Message.Contains("the probe is 4×4")
        );

    [TestCase(-4, 0)]
    [TestCase(0, 10)]
    [TestCase(12, 0)]
    [TestCase(0, -6)]
    public void WindowsOutsideTheObjectAreNamed(int row, int column) =>
        Assert.That(
            () => new Measurement(Data(2), new ScanPattern([new(0, 0), new(row, column)]), Probe, 12, 10),
            Throws.ArgumentException.With.Message.Contains("frame 1")
        );

    [Test]
    public void WindowsMayOverhang() =>
        Assert.That(
            () => new Measurement(Data(2), new ScanPattern([new(-3, -5), new(11, 9)]), Probe, 12, 10),
            Throws.Nothing
        );

    [Test]
    public void FramesCanBeSelected()
    {
        var values = Enumerable.Range(1, 72).Select(i => (float)i).ToArray();
        var mask = new DetectorMask([.. Enumerable.Repeat(1f, 24)], [0.25f, 0.5f, 1]);
        var data = new DiffractionData(values, 3, 4, 6, DiffractionUnit.Intensity, 9, mask);
        var all = new Measurement(data, new ScanPattern([new(0, 0), new(1, 1), new(2, 2)]), Probe, 12, 10);
        var some = all.Select([2, 0]);
        Assert.Multiple(() =>
        {
            Assert.That(some.Data.Values, Is.EqualTo(values[48..].Concat(values[..24])).AsCollection);
            Assert.That(some.Positions, Is.EqualTo(new ScanPosition[] { new(2, 2), new(0, 0) }).AsCollection);
            Assert.That(some.Data.Mask!.FrameWeights!.Value, Is.EqualTo(new[] { 1f, 0.25f }).AsCollection);
            Assert.That(some.Data.CountsPerUnit, Is.EqualTo(9));
            Assert.That(() => all.Select([3]), Throws.ArgumentException.With.Message.Contains("Frame 3"));
            Assert.That(() => all.Select([]), Throws.ArgumentException);
        });
    }

    internal static DiffractionData Data(int frames) =>
        new([.. Enumerable.Repeat(1f, frames * 24)], frames, 4, 6, DiffractionUnit.Amplitude);
}
