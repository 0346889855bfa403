using Ptycho.Physics.Scans;
using Ptycho.Solvers.Selection;

namespace Ptycho.Solvers.Tests.Selection;

public class ScanDensityTests
{
    [TestCase(5, 4)]
    [TestCase(1, 9)]
    [TestCase(9, 1)]
    public void OfARasterTheStepIsItsOwn(int rows, int columns)
    {
        var raster =
            from row in Enumerable.Range(0, rows)
            from column in Enumerable.Range(0, columns)
            select new ScanPosition(7.5 * row, 7.5 * column);
        Assert.That(ScanDensity.RasterStep(new ScanPattern(raster)), Is.EqualTo(7.5).Within(1e-9));
    }

    [Test]
    public void OfRowsPushedTogetherAtTheBorderItIsTheMean()
    {
        // 0, 20, 40, 60 and, clamped, 64: the median to the nearest neighbour would be 4.
        var scan = RasterScan.Clamped(96, 96, 32, 32, 20);
        Assert.That(ScanCoverage.MedianStep(scan), Is.EqualTo(4));
        Assert.That(ScanDensity.RasterStep(scan), Is.EqualTo(16).Within(1e-9));
    }
}
