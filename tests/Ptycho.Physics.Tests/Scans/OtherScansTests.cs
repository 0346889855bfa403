using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

public class OtherScansTests
{
    [Test]
    public void SpiralsStayInsideWithTheirDensity([Values("Fermat", "Concentric")] string kind)
    {
        var scan =
            kind == "Fermat" ? SpiralScan.Fermat(200, 160, 32, 32, 8) : SpiralScan.Concentric(200, 160, 32, 32, 8);
        Assert.That(scan.Select(p => p.Row), Is.All.InRange(0, 168));
        Assert.That(scan.Select(p => p.Column), Is.All.InRange(0, 128));
        Assert.That(scan, Has.Count.EqualTo(168 * 128 / 64.0).Within(10).Percent);
        Assert.That(ScanCoverage.MedianStep(scan), Is.InRange(6.4, 8.5));
        Assert.That(scan[0], Is.EqualTo(new ScanPosition(84, 64)));
    }

    [Test]
    public void BadSpiralsAreRefused() =>
        Assert.That(
            () => SpiralScan.Fermat(200, 160, 32, 32, 0),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("step")
        );

    [Test]
    public void JitterIsBoundedAndReproducible()
    {
        var raster = RasterScan.Clamped(64, 64, 16, 16, 8);
        var jittered = raster.Jittered(1.5, 3);
        Assert.Multiple(() =>
        {
            Assert.That(raster.Jittered(1.5, 3), Is.EqualTo(jittered).AsCollection);
            Assert.That(raster.Jittered(1.5, 4), Is.Not.EqualTo(jittered).AsCollection);
            Assert.That(raster.Zip(jittered, (a, b) => Math.Abs(a.Row - b.Row)), Is.All.InRange(0, 1.5));
            Assert.That(raster.Zip(jittered, (a, b) => Math.Abs(a.Row - b.Row)).Max(), Is.GreaterThan(1));
            Assert.That(raster.Jittered(0.4, 3).Rounded(), Is.EqualTo(raster).AsCollection);
            var clamped = jittered.Clamped(64, 64, 16, 16);
            Assert.That(clamped.Select(p => p.Row).Concat(clamped.Select(p => p.Column)), Is.All.InRange(0, 48));
        });
    }

    [Test]
    public void SnakeTurnsEverySecondLine()
    {
        var snake = RasterScan.Clamped(6, 8, 4, 4, 2).Snake();
        ScanPosition[] expected = [new(0, 0), new(0, 2), new(0, 4), new(2, 4), new(2, 2), new(2, 0)];
        Assert.That(snake, Is.EqualTo(expected).AsCollection);
    }

    [Test]
    public void CoverageCountsWindows()
    {
        var counts = ScanCoverage.Counts(new ScanPattern([new(-1, -1), new(0, 1)]), 2, 2, 2, 3);
        Assert.That(counts, Is.EqualTo(new[] { 1, 1, 1, 0, 1, 1 }));
    }

    [Test]
    public void OverlapUsesTheEnergyOfTheProbe()
    {
        // A Gaussian exp(−r²/w²) holds 90 % of its energy within r = w·√(ln 10/2).
        var probe = SyntheticProbes.Gaussian(101, 101, 12);
        var diameter = 2 * 12 * Math.Sqrt(Math.Log(10) / 2);
        Assert.That(ProbeSize.EnergyDiameter(probe, 0.9), Is.EqualTo(diameter).Within(0.5));
        var scan = RasterScan.Clamped(200, 200, 101, 101, 9);
        Assert.That(
            ScanCoverage.Overlap(scan, probe),
            Is.EqualTo(1 - 9 / (ProbeSize.EnergyDiameter(probe, 0.9) + 1)).Within(1e-12)
        );
    }
}
