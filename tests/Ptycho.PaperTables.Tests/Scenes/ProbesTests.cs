using Ptycho.Physics.Probes;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.PaperTables.Tests.Scenes;

public class ProbesTests
{
    [TestCase(Probes.H)]
    [TestCase(Probes.P1)]
    [TestCase(Probes.ZonePlate)]
    public void EveryProbeHas32PixelsAndTheLargestModulusOne(string name)
    {
        var probe = Probes.Create(name);
        Assert.That((probe.Height, probe.Width), Is.EqualTo((32, 32)));
        Assert.That(probe.Intensity().Max(), Is.EqualTo(1).Within(1e-5));
    }

    /// <summary>A defocus of 250 µm at f = 77 mm makes 0.6 µm of the plate's 180 µm: 15 pixels of 40 nm.</summary>
    [Test]
    public void TheZonePlatesBeamHasTheSizeThatOpticsGives()
    {
        var probe = Probes.Create(Probes.ZonePlate);
        Assert.That(ProbeSize.EnergyDiameter(probe, 0.9), Is.InRange(12.0, 18.0));
        var intensity = probe.Intensity();
        double Mean(double from, double to) =>
            Enumerable
                .Range(0, intensity.Length)
                .Where(i => double.Hypot(i / 32 - 15.5, i % 32 - 15.5) is var r && r >= from && r < to)
                .Average(i => intensity[i]);
        Assert.That(Mean(4, 7), Is.GreaterThan(10 * Mean(11, 15)));
    }
}
