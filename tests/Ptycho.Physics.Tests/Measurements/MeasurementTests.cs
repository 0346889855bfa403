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

    internal static DiffractionData Data(int frames) =>
        new([.. Enumerable.Repeat(1f, frames * 24)], frames, 4, 6, DiffractionUnit.Amplitude);
}
