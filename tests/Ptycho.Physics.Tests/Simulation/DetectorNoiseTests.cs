using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Physics.Tests.Simulation;

public class DetectorNoiseTests
{
    private static readonly Probe Probe = SyntheticProbes.StandardH();
    private static readonly ScanPattern Scan = RasterScan.Clamped(128, 128, 32, 32, 16);

    [Test]
    public void BudgetsSetTheGain()
    {
        var image = Reference.Small.Field("object");
        var exact = DiffractionSimulator.Intensities(image, Probe, Scan);
        var byPeak = DiffractionSimulator
            .SimulateDetector(image, Probe, Scan, new DetectorNoise { PeakCounts = 1e4 }, 1)
            .Data;
        var perFrame = new DetectorNoise { CountsPerFrame = 5e4 };
        var byFrame = DiffractionSimulator.SimulateDetector(image, Probe, Scan, perFrame, 1).Data;
        Assert.That(byPeak.CountsPerUnit, Is.EqualTo(1e4 / exact.Max()).Within(1e-6).Percent);
        var counts = byFrame.Values.Sum(v => (double)v) * byFrame.CountsPerUnit!.Value / Scan.Count;
        Assert.That(counts, Is.EqualTo(5e4).Within(4 * Math.Sqrt(5e4 / Scan.Count)));
    }

    [Test]
    public void DarkCountsAndReadOutAddTheirVariance()
    {
        var image = Reference.Small.Field("object");
        var noise = new DetectorNoise
        {
            PeakCounts = 1e5,
            DarkCounts = 400,
            ReadNoise = 30,
        };
        var exact = DiffractionSimulator.Intensities(image, Probe, Scan);
        var data = DiffractionSimulator.SimulateDetector(image, Probe, Scan, noise, 2).Data;
        var gain = data.CountsPerUnit!.Value;
        // Normalised by the expected variance, errors of bright pixels (never cut at 0) have mean 0 and variance 1.
        var errors = Enumerable
            .Range(0, exact.Length)
            .Where(i => exact[i] * gain > 200)
            .Select(i => (data.Values[i] - exact[i]) * gain / Math.Sqrt(exact[i] * gain + 400 + 900))
            .ToArray();
        Assert.That(errors, Has.Length.GreaterThan(2000));
        Assert.That(errors.Average(), Is.EqualTo(0).Within(4 / Math.Sqrt(errors.Length)));
        Assert.That(errors.Average(e => e * e), Is.EqualTo(1).Within(6 / Math.Sqrt(errors.Length)));
    }

    [Test]
    public void FullPixelsStayFull()
    {
        var image = Reference.Small.Field("object");
        var noise = new DetectorNoise { PeakCounts = 1e4, Saturation = 1000 };
        var data = DiffractionSimulator.SimulateDetector(image, Probe, Scan, noise, 2).Data;
        Assert.That(data.Values.Max() * data.CountsPerUnit!.Value, Is.EqualTo(1000).Within(1e-3));
    }

    [Test]
    public void BadNoiseIsRefused()
    {
        var image = Reference.Small.Field("object");
        Assert.Multiple(() =>
        {
            Assert.That(
                () => DiffractionSimulator.SimulateDetector(image, Probe, Scan, new DetectorNoise(), 1),
                Throws.ArgumentException.With.Message.Contains("either")
            );
            Assert.That(
                () => new DetectorNoise { ReadNoise = -1 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ReadNoise")
            );
            Assert.That(
                () => new DetectorNoise { PeakCounts = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("PeakCounts")
            );
        });
    }
}
