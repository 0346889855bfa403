using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

public class RasterScanTests
{
    [TestCase(0, 32, 16)]
    [TestCase(10, 29, 25)]
    [TestCase(20, 26, 25)]
    [TestCase(38, 20, 36)]
    [TestCase(44, 18, 49)]
    [TestCase(50, 16, 49)]
    [TestCase(62, 12, 81)]
    [TestCase(66, 11, 100)]
    [TestCase(74, 8, 169)]
    public void OverlapGivesTheReferenceStepAndCount(int percent, int step, int count)
    {
        Assert.That(RasterScan.StepFromOverlap(percent / 100.0, 32), Is.EqualTo(step));
        Assert.That(RasterScan.Clamped(128, 128, 32, 32, step), Has.Count.EqualTo(count));
        Assert.That(RasterScan.OverlapFromStep(step, 32), Is.EqualTo(1 - step / 32.0));
    }

    [Test]
    public void PatternsAreThoseOfTheReference()
    {
        Assert.That(
            RasterScan.Clamped(128, 128, 32, 32, 16),
            Is.EqualTo(Reference.Small.Positions("clamp_positions")).AsCollection
        );
        Assert.That(
            RasterScan.Overhanging(128, 128, 32, 32, 16),
            Is.EqualTo(Reference.Small.Positions("pad_positions")).AsCollection
        );
    }

    [Test]
    public void ClampedWindowsCoverEveryPixel([Values(5, 7, 20)] int step)
    {
        var scan = RasterScan.Clamped(61, 43, 20, 20, step);
        Assert.That(scan.Min(p => p.Row), Is.Zero);
        Assert.That(scan.Max(p => p.Row), Is.EqualTo(41));
        Assert.That(scan.Max(p => p.Column), Is.EqualTo(23));
    }

    [Test]
    public void BadParametersAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(() => RasterScan.Clamped(16, 128, 32, 32, 8), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => RasterScan.Clamped(64, 64, 32, 32, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => RasterScan.StepFromOverlap(1, 32), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(
                () => RasterScan.StepFromOverlap(double.NaN, 32),
                Throws.InstanceOf<ArgumentOutOfRangeException>()
            );
        });
}
