using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

public class OutlyingScanTests
{
    [Test]
    public void TheReachIsTenMedianDistancesAndAWindow()
    {
        // Not in order, and not about 0: the middles are 105 and −55, the median distance is 3.
        int[] order = [7, 0, 10, 3, 5, 1, 9, 2, 8, 4, 6];
        var scan = OutlyingScan.Find([.. order.Select(i => new ScanPosition(100 + i, -60 + i))], 4, 6);
        Assert.Multiple(() =>
        {
            Assert.That(scan.Contains(new(105 + 34, -55)), Is.False);
            Assert.That(scan.Contains(new(105 + 34.5, -55)), Is.True);
            Assert.That(scan.Contains(new(105 - 34.5, -55)), Is.True);
            Assert.That(scan.Contains(new(105, -55 + 36)), Is.False);
            Assert.That(scan.Contains(new(105, -55 - 36.5)), Is.True);
            Assert.That(scan.Distance(new(105 + 68, -55)), Is.EqualTo(2).Within(1e-12));
            Assert.That(scan.Distance(new(105, -55 - 108)), Is.EqualTo(3).Within(1e-12));
        });
    }

    [Test]
    public void WhereMostLieOnOneLineNineOfTenDecide()
    {
        double[] rows = [20, 0, 0, 20, 0, 20, 0, 0, 20, 0, 20];
        var scan = OutlyingScan.Find([.. rows.Select(row => new ScanPosition(row, 0))], 4, 4);
        Assert.That(scan.Contains(new(44, 0)), Is.False);
        Assert.That(scan.Contains(new(44.5, 0)), Is.True);
    }

    [Test]
    public void NothingIsOutlyingWhereTheObjectIsGivenOrNothingIsKnown()
    {
        Assert.That(OutlyingScan.Find([new(0, 0), new(1, 1)], 4, 4, fitted: false).Contains(new(1e9, 1e9)), Is.False);
        Assert.That(OutlyingScan.Find([new(double.NaN, double.NaN)], 4, 4).Contains(new(1e9, 1e9)), Is.False);
    }
}
