using Ptycho.Physics.Scans;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Solvers.Tests.Refinement;

public class FrameGroupsTests
{
    private const int Window = 16;

    [Test]
    public void NeighboursAreFramesWhoseWindowsOverlap()
    {
        var groups = Of([(0, 0), (0, 15), (0, 16), (15, 15), (16, 0)]);
        Assert.Multiple(() =>
        {
            Assert.That(groups.Near[0], Is.EqualTo((int[])[0, 1, 3]));
            Assert.That(groups.Near[1], Is.EqualTo((int[])[0, 1, 2, 3]));
            Assert.That(groups.Near[2], Is.EqualTo((int[])[1, 2, 3]));
            Assert.That(groups.Near[3], Is.EqualTo((int[])[0, 1, 2, 3, 4]));
            Assert.That(groups.Near[4], Is.EqualTo((int[])[3, 4]));
        });
    }

    [TestCase(1UL, 12)]
    [TestCase(2UL, 6)]
    public void EveryFrameIsInOneGroupAndSharesNoNeighbourThere(ulong seed, int step)
    {
        var scan = RasterScan.Clamped(80, 80, Window, Window, step).Jittered(3, seed).Clamped(80, 80, Window, Window);
        var groups = Of(scan.Select(p => (p.Row, p.Column)));
        Assert.That(groups.Groups.SelectMany(g => g).Order(), Is.EqualTo(Enumerable.Range(0, scan.Count)));
        foreach (var group in groups.Groups)
            Assert.That(group.SelectMany(k => groups.Near[k]), Is.Unique);
        Assert.That(groups.Groups, Has.Count.LessThan(scan.Count / 2), "frames far apart are tried together");
    }

    private static FrameGroups Of(IEnumerable<(double Row, double Column)> places)
    {
        var scan = new ScanPattern(places.Select(p => new ScanPosition(p.Row, p.Column)));
        return FrameGroups.Of(UniformFrames.At(scan, Window, 80));
    }
}
