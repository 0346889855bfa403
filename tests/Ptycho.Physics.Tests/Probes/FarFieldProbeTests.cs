using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Physics.Tests.Probes;

public class FarFieldProbeTests
{
    /// <summary>Where there is no object, the frames' mean is all of the probe but its phase in the far field.</summary>
    [TestCase(32, 32, 0)]
    [TestCase(32, 32, 60)]
    [TestCase(33, 31, -60)]
    public void BehindNothingTheProbeComesBack(int height, int width, double curvature)
    {
        var lens = Lens(height, width, curvature);
        var data = Frames(lens).Data;
        var found = FarFieldProbe.Create(data, curvature);
        Assert.That(ReconstructionMetrics.Nrmse(found.Modes[0], lens.Modes[0]), Is.LessThan(1e-4));
        Assert.That(found.Energy, Is.EqualTo(lens.Energy).Within(1e-4 * lens.Energy));
    }

    [Test]
    public void TheCurvatureIsThatOfADefocus()
    {
        // The stationary phase of exp(i c q²) puts frequency q at c·q/π pixels.
        var data = Frames(Lens(256, 256, 0)).Data;
        var width = ProbeSize.EnergyDiameter(FarFieldProbe.Create(data, 2000), 0.9);
        Assert.That(width, Is.EqualTo(2 * 2000 * Math.Sqrt(0.9) * Radius / Math.PI).Within(0.15 * width));
    }

    [Test]
    public void WhatIsMaskedCountsAsDark()
    {
        var good = Frames(Lens(16, 16, 0)).Data;
        var weights = Enumerable.Repeat(1f, 256).ToArray();
        weights[0] = 0;
        var values = (float[])good.Values.Clone();
        for (var frame = 0; frame < good.FrameCount; frame++)
            values[256 * frame] = 1e6f;
        var hot = new DiffractionData(
            values,
            good.FrameCount,
            16,
            16,
            good.Unit,
            mask: new DetectorMask(weights, [.. Enumerable.Range(0, good.FrameCount).Select(k => k == 1 ? 0f : 1f)])
        );
        Assert.That(FarFieldProbe.Create(hot).Energy, Is.EqualTo(good.Values[1..256].Sum()).Within(1e-3).Percent);
        Assert.That(() => FarFieldProbe.Create(hot, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private const double Radius = 0.1;

    /// <summary>A disc of frequencies with a defocus.</summary>
    private static Probe Lens(int height, int width, double curvature)
    {
        // A far field of the data's own making: a disc, as intensity.
        var disc = new float[height * width];
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
        {
            var (u, v) = (Signed(row, height), Signed(column, width));
            disc[row * width + column] = double.Hypot(u, v) <= Radius ? 1 : 0;
        }
        return FarFieldProbe.Create(new DiffractionData(disc, 1, height, width, DiffractionUnit.Intensity), curvature);
    }

    private static double Signed(int index, int length) =>
        (double)(index < (length + 1) / 2 ? index : index - length) / length;

    private static Measurement Frames(Probe probe)
    {
        var scan = new ScanPattern([new ScanPosition(0, 0), new ScanPosition(3, 5), new ScanPosition(7, 1)]);
        var blank = ComplexField.Constant(probe.Height + 8, probe.Width + 8, 1);
        return DiffractionSimulator.Simulate(blank, probe, scan, peakCounts: null, seed: 1);
    }
}
