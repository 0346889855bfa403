using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Physics.Tests.Simulation;

/// <summary>Modes that add up, and what cannot be simulated.</summary>
public class SimulationRulesTests
{
    private static readonly Probe Narrow = SyntheticProbes.Gaussian(8, 8, 2);
    private static readonly Probe Wide = SyntheticProbes.Gaussian(8, 8, 4);
    private static readonly ScanPattern Scan = RasterScan.Clamped(12, 12, 8, 8, 4);

    [Test]
    public void ModesAddUpIncoherently()
    {
        var image = ComplexField.Constant(12, 12, 1);
        image[5, 6] = new(0.2, 0.7);
        var both = Probe.FromModes([Narrow.Modes[0], Wide.Modes[0]]);
        var sum = DiffractionSimulator
            .Intensities(image, Narrow, Scan)
            .Zip(DiffractionSimulator.Intensities(image, Wide, Scan), (a, b) => a + b)
            .ToArray();
        Assert.That(DiffractionSimulator.Intensities(image, both, Scan), Is.EqualTo(sum).Within(1e-5 * sum.Max()));
    }

    [Test]
    public void ADarkPixelHasNoCounts()
    {
        float[] values = [0, 4, 0];
        DiffractionSimulator.AddPoissonNoise(values, 1000, 1);
        Assert.That(values[0] + values[2], Is.Zero);
        Assert.That(values[1], Is.EqualTo(4).Within(0.4));
    }

    [Test]
    public void WhatCannotBeSimulatedIsRefused()
    {
        var (image, dark) = (ComplexField.Constant(12, 12, 1), new ComplexField(12, 12));
        var noise = new DetectorNoise { PeakCounts = 100 };
        Assert.Multiple(() =>
        {
            foreach (var wrong in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            {
                Assert.That(
                    () => DiffractionSimulator.Simulate(image, Narrow, Scan, wrong, 1),
                    Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Peak counts")
                );
                Assert.That(
                    () => DiffractionSimulator.AddPoissonNoise(new float[1], wrong, 1),
                    Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("countsPerUnit")
                );
            }

            Assert.That(
                () => DiffractionSimulator.Simulate(dark, Narrow, Scan, 10, 1),
                Throws.ArgumentException.With.Message.Contains("wherever the probe sees it")
            );
            Assert.That(
                () => DiffractionSimulator.SimulateDetector(dark, Narrow, Scan, noise, 1),
                Throws.ArgumentException.With.Message.Contains("wherever the probe sees it")
            );
            Assert.That(() => DiffractionSimulator.Intensities(null!, Narrow, Scan), Throws.ArgumentNullException);
            Assert.That(() => DiffractionSimulator.Intensities(image, null!, Scan), Throws.ArgumentNullException);
            Assert.That(() => DiffractionSimulator.Intensities(image, Narrow, null!), Throws.ArgumentNullException);
            Assert.That(
                () => DiffractionSimulator.SimulateDetector(image, Narrow, Scan, null!, 1),
                Throws.ArgumentNullException
            );
        });
    }
}
