using Ptycho.IO;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files;

public class PreflightReportTests
{
    [Test]
    public void NumbersAreThoseOfTheMeasurement()
    {
        // Two 4×4 frames, 2 pixels apart, on 8×10: 24 of 80 pixels are covered.
        var values = new float[32];
        (values[0], values[5], values[16], values[21]) = (1023, 10, 1023, 3);
        var weights = Enumerable.Repeat(1f, 16).ToArray();
        weights[15] = 0;
        var data = new DiffractionData(values, 2, 4, 4, DiffractionUnit.Counts, mask: new DetectorMask(weights));
        var probe = Probe.FromField(ComplexField.Constant(4, 4, 1));
        var measurement = new Measurement(data, new ScanPattern([new(0, 0), new(0, 2)]), probe, 8, 10);
        var geometry = new ExperimentGeometry
        {
            Energy = 1e-15,
            Distance = 0.75,
            DetectorPixelHeight = 55e-6,
            DetectorPixelWidth = 110e-6,
        };
        var report = PreflightReport.Create(measurement, geometry);
        Assert.Multiple(() =>
        {
            Assert.That((report.Frames, report.MaskedPixels, report.DeadPixels), Is.EqualTo((2, 1, 13)));
            Assert.That(report.SaturatedPixels, Is.EqualTo(1));
            Assert.That(report.LargestValue, Is.EqualTo(1023));
            Assert.That(report.MeanFrameIntensity, Is.EqualTo(1029.5));
            Assert.That(report.InCounts, Is.True);
            Assert.That(report.MedianStep, Is.EqualTo(2));
            Assert.That(report.Step, Is.EqualTo(2));
            Assert.That(report.WindowOverlap, Is.EqualTo(0.5));
            Assert.That(report.ProbeOverlap, Is.EqualTo(ScanCoverage.Overlap(measurement.Positions, probe)));
            Assert.That(report.Coverage, Is.EqualTo(0.3).Within(1e-12));
            // The corners hold 4 of 16 pixels, so the circle reaches into them: 2·√(1.5² + 1.5²) + 1.
            Assert.That(report.ProbeDiameter, Is.EqualTo(2 * Math.Sqrt(4.5) + 1).Within(1e-12));
            Assert.That(report.DuplicatePositions, Is.Zero);
            var pixel = geometry.ObjectPixel(4, 4);
            Assert.That(report.ObjectPixel, Is.EqualTo(pixel));
            Assert.That(report.ObjectExtent, Is.EqualTo((8 * pixel.Height, 10 * pixel.Width)));
            Assert.That(report.SweepTime, Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromSeconds(1)));
            Assert.That(report.ManagedSolverBytes, Is.EqualTo(8 * 32 + 7 * 8 * 80 + 16 * 16));
            Assert.That(report.MaximumLikelihoodBytes, Is.EqualTo(8 * 32 + 26 * 8 * 80 + 16 * 16));
            Assert.That(report.Warnings, Has.Count.EqualTo(3));
            Assert.That(report.ToString(), Does.Contain("1 masked, 13 always 0, 1 saturated"));
        });
    }

    [TestCase(1024, 8)]
    [TestCase(1025, 4)]
    public void AmplitudesAreASecondCopyUpToFourMebibytes(int frames, int bytesEach)
    {
        const int Pixels = 32 * 32;
        var values = new float[frames * Pixels];
        Array.Fill(values, 1);
        var data = new DiffractionData(values, frames, 32, 32, DiffractionUnit.Counts);
        var positions = new ScanPattern(Enumerable.Range(0, frames).Select(k => new ScanPosition(0, k % 2)));
        var probe = Probe.FromField(ComplexField.Constant(32, 32, 1));
        var report = PreflightReport.Create(new Measurement(data, positions, probe, 32, 33));
        var rest = 7 * 8 * 32 * 33 + 16 * Pixels;
        Assert.That(report.ManagedSolverBytes, Is.EqualTo((long)bytesEach * frames * Pixels + rest));
    }

    [Test]
    public void RepeatedPositionsAreCountedAndNamed()
    {
        ScanPosition[] positions = [new(0, 0), new(0, 2), new(0, 2), new(2, 2), new(4, 0)];
        var data = new DiffractionData(
            [.. Enumerable.Repeat(1f, 80)],
            positions.Length,
            4,
            4,
            DiffractionUnit.Intensity
        );
        var probe = Probe.FromField(ComplexField.Constant(4, 4, 1));
        var report = PreflightReport.Create(new Measurement(data, new ScanPattern(positions), probe, 8, 8));
        Assert.That(report.DuplicatePositions, Is.EqualTo(1));
        Assert.That(report.Warnings, Has.Some.Contains("1 frames lie exactly").And.Some.Contains("DropDuplicates"));
    }
}
