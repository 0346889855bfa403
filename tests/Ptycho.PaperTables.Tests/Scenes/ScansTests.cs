using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.PaperTables.Tests.Scenes;

public class ScansTests
{
    [TestCase(0, 16)]
    [TestCase(10, 25)]
    [TestCase(20, 25)]
    [TestCase(38, 36)]
    [TestCase(44, 49)]
    [TestCase(50, 49)]
    [TestCase(62, 81)]
    [TestCase(66, 100)]
    [TestCase(74, 169)]
    public void TheRasterIsThatOfTheStandardSimulation(int overlap, int frames) =>
        Assert.That(Scans.Create(Scans.Raster, Probes.Create(Probes.H), overlap), Has.Count.EqualTo(frames));

    [TestCase(Scans.Jittered)]
    [TestCase(Scans.Spiral)]
    public void OtherScansHaveAsManyWholePositionsInsideTheObject(string name)
    {
        var probe = Probes.Create(Probes.H);
        var (raster, scan) = (Scans.Create(Scans.Raster, probe, 20), Scans.Create(name, probe, 20));
        Assert.That(scan, Has.Count.EqualTo(raster.Count));
        Assert.That(scan.IsWhole, Is.True);
        Assert.That(scan.SelectMany(p => new[] { p.Row, p.Column }), Is.All.InRange(0.0, 96.0));
        Assert.That(scan, Is.Not.EqualTo(raster));
    }

    [Test]
    public void OverhangingWindowsReachBeyondTheObject() =>
        Assert.That(
            Scans.Create(Scans.Overhanging, Probes.Create(Probes.P1), 50).Select(p => p.Row).Distinct(),
            Is.EqualTo(Enumerable.Range(0, 9).Select(i => -16.0 + 16 * i))
        );

    [Test]
    public void AnUnknownScanIsNamed() =>
        Assert.That(
            () => Scans.Create("zigzag", Probes.Create(Probes.H), 20),
            Throws.ArgumentException.With.Message.Contains("zigzag")
        );
}
