using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Physics.Tests.Simulation;

public class DiffractionSimulatorTests
{
    [TestCase("clamp")]
    [TestCase("pad")]
    public void NoiselessIntensitiesAgreeWithTheReference(string scan)
    {
        var intensities = DiffractionSimulator.Intensities(
            Reference.Small.Field("object"),
            Probe.FromField(Reference.Small.Field("probe")),
            Reference.Small.Positions($"{scan}_positions")
        );
        var expected = Reference.Small.Single($"{scan}_noiseless");
        var largest = expected.Max();
        for (var i = 0; i < expected.Length; i++)
            Assert.That(intensities[i], Is.EqualTo(expected[i]).Within(2e-6 * largest));
    }

    /// <summary>Mean and variance λ within four standard errors; of the variance (2λ² + λ)/n is the square.</summary>
    [TestCase(0.02)]
    [TestCase(0.7)]
    [TestCase(6)]
    [TestCase(29.9)]
    [TestCase(30.1)]
    [TestCase(100)]
    [TestCase(4e3)]
    [TestCase(1e5)]
    public void NoiseHasPoissonStatistics(double expected)
    {
        const double perUnit = 25;
        var values = new float[40000];
        Array.Fill(values, (float)(expected / perUnit));
        DiffractionSimulator.AddPoissonNoise(values, perUnit, 3);
        var mean = values.Average(v => v * perUnit);
        var variance = values.Average(v => (v * perUnit - mean) * (v * perUnit - mean));
        Assert.That(mean, Is.EqualTo(expected).Within(4 * Math.Sqrt(expected / values.Length)));
        var error = Math.Sqrt((2 * expected * expected + expected) / values.Length);
        Assert.That(variance, Is.EqualTo(expected).Within(4 * error));
    }

    [Test]
    public void NoiseIsReproducibleAndRecorded()
    {
        var image = Reference.Small.Field("object");
        var probe = SyntheticProbes.StandardH();
        var scan = RasterScan.Clamped(128, 128, 32, 32, 32);
        var first = DiffractionSimulator.Simulate(image, probe, scan, 1e5, 7).Data;
        var second = DiffractionSimulator.Simulate(image, probe, scan, 1e5, 7).Data;
        var other = DiffractionSimulator.Simulate(image, probe, scan, 1e5, 8).Data;
        var exact = DiffractionSimulator.Simulate(image, probe, scan, null, 0).Data;
        Assert.Multiple(() =>
        {
            Assert.That(second.Values, Is.EqualTo(first.Values));
            Assert.That(other.Values, Is.Not.EqualTo(first.Values));
            Assert.That(first.Unit, Is.EqualTo(DiffractionUnit.Intensity));
            Assert.That(first.CountsPerUnit, Is.EqualTo(1e5 / exact.Values.Max()).Within(1e-6).Percent);
            Assert.That(exact.CountsPerUnit, Is.Null);
            Assert.That(
                first.Values[0] * first.CountsPerUnit!.Value % 1,
                Is.EqualTo(0).Within(0.01).Or.GreaterThan(0.99)
            );
        });
    }

    [Test]
    public void BadInputIsRefused()
    {
        var image = ComplexField.Constant(8, 8, 1);
        var probe = SyntheticProbes.Gaussian(4, 4, 2);
        var scan = RasterScan.Clamped(8, 8, 4, 4, 2);
        Assert.That(
            () => DiffractionSimulator.Simulate(image, probe, scan, 0, 1),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
        image.Real[9] = float.NaN;
        Assert.That(
            () => DiffractionSimulator.Simulate(image, probe, scan, 10, 1),
            Throws.ArgumentException.With.Message.Contains("row 1, column 1")
        );
    }
}
