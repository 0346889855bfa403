using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

public class DisjointFramesTests
{
    private static readonly ScanPattern s_scan = RasterScan.Clamped(128, 128, 32, 32, 16);

    [Test]
    public void AnOrderIsKeptAndCutWhereWindowsTouch()
    {
        // Of a row of the raster, windows touch their neighbours alone.
        var groups = new DisjointFrames([s_scan], 32, 32, rearrange: false).Split([0, 2, 1, 4, 3], out var sorted);
        Assert.That(sorted, Is.EqualTo(new[] { 0, 2, 1, 4, 3 }));
        Assert.That(groups, Is.EqualTo(new[] { (0, 2), (2, 2), (4, 1) }));
    }

    [Test]
    public void RearrangedGroupsHoldEveryFrameOnceAndNoTwoThatTouch()
    {
        var order = Enumerable.Range(0, s_scan.Count).ToArray();
        var groups = new DisjointFrames([s_scan], 32, 32, rearrange: true).Split(order, out var sorted);
        Assert.That(sorted.Order(), Is.EqualTo(order));
        Assert.That(groups, Has.Count.EqualTo(4));
        foreach (var (first, count) in groups)
        foreach (var a in sorted[first..(first + count)])
        foreach (var b in sorted[first..(first + count)])
            Assert.That(
                a == b
                    || Math.Abs(s_scan[a].Row - s_scan[b].Row) >= 32
                    || Math.Abs(s_scan[a].Column - s_scan[b].Column) >= 32
            );
    }

    [Test]
    public void FramesThatTouchInAnyObjectAreKeptApart()
    {
        var other = new ScanPattern(s_scan.Reverse());
        var groups = new DisjointFrames([s_scan, other], 32, 32, rearrange: false).Split([0, 2], out _);
        Assert.That(groups, Has.Count.EqualTo(1));
        groups = new DisjointFrames([s_scan, new ScanPattern(s_scan.Select(_ => s_scan[0]))], 32, 32, false).Split(
            [0, 2],
            out _
        );
        Assert.That(groups, Has.Count.EqualTo(2));
    }

    [Test]
    public void ARearrangedSweepIsASequentialSweepInThatOrder()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var options = new RpieOptions
        {
            Stop = new() { Iterations = 1 },
            Order = FrameOrder.Sequential,
        };
        var result = new TensorRpieSolver(options, new TensorOptions { GroupFrames = true }).Solve(measurement);
        var order = Enumerable.Range(0, measurement.Data.FrameCount).ToArray();
        new DisjointFrames([measurement.Positions], 32, 32, rearrange: true).Split(order, out var sorted);
        var expected = new RpieSolver(options).Solve(measurement.Select(sorted));
        Assert.That(result.Object.Real, Is.EqualTo(expected.Object.Real).Within(1e-5));
        Assert.That(result.Object.Imaginary, Is.EqualTo(expected.Object.Imaginary).Within(1e-5));
    }
}
