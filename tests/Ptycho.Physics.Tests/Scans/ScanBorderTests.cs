using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

public class ScanBorderTests
{
    private static readonly ScanPattern Pattern = new([
        new(-3, 2),
        new(0, 0),
        new(4.5, 6),
        new(6, 7),
        new(2, 10),
        new(-8, 0),
    ]);

    [Test]
    public void OverhangKeepsWhatTouches()
    {
        var found = Pattern.WithBorder(ScanBorder.Overhang, 10, 10, 4, 4);
        Assert.That(found.Frames, Is.EqualTo((int[])[0, 1, 2, 3]));
        Assert.That(found.Pattern[0], Is.EqualTo(new ScanPosition(-3, 2)));
    }

    [Test]
    public void ClampMovesAll()
    {
        var found = Pattern.WithBorder(ScanBorder.Clamp, 10, 10, 4, 4);
        Assert.That(found.Frames, Has.Count.EqualTo(6));
        Assert.That(found.Pattern[0], Is.EqualTo(new ScanPosition(0, 2)));
        Assert.That(found.Pattern[4], Is.EqualTo(new ScanPosition(2, 6)));
    }

    [Test]
    public void CropDropsWhatLeaves()
    {
        var found = Pattern.WithBorder(ScanBorder.Crop, 10, 10, 4, 4);
        Assert.That(found.Frames, Is.EqualTo((int[])[1, 2]));
    }

    [Test]
    public void WhatCannotBeDoneIsRefused()
    {
        Assert.That(
            () => new ScanPattern([new(9, 9)]).WithBorder(ScanBorder.Crop, 10, 10, 4, 4),
            Throws.ArgumentException.With.Message.Contains("No window")
        );
        Assert.That(
            () => Pattern.WithBorder(ScanBorder.Clamp, 3, 10, 4, 4),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("objectHeight")
        );
    }

    [Test]
    public void TheOverlapMapCountsAnEvenProbe()
    {
        var scan = RasterScan.Clamped(20, 18, 8, 8, 4);
        var even = Probe.FromField(ComplexField.Constant(8, 8, 2));
        var map = ScanCoverage.OverlapMap(scan, even, 20, 18);
        Assert.That(map, Is.EqualTo(ScanCoverage.Counts(scan, 8, 8, 20, 18).Select(n => (float)n)).Within(1e-5));
    }

    [Test]
    public void TheOverlapMapSeesThatOneOutshinesTheOther()
    {
        // Light 4 and 1 on the shared pixel: (4 + 1)²/(16 + 1).
        var probe = Probe.FromField(new ComplexField(1, 2, [2, 1], [0, 0]));
        var map = ScanCoverage.OverlapMap(new ScanPattern([new(0, 0), new(0, 1)]), probe, 1, 4);
        Assert.That(map, Is.EqualTo((float[])[1, 25f / 17, 1, 0]).Within(1e-6));
    }
}
