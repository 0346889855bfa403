using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Randomness;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Tests.Measurements;

namespace Ptycho.Physics.Tests.Scans;

/// <summary>Limits, signs and order of scans, to the last pixel.</summary>
public class ScanRulesTests
{
    private static readonly ScanPattern Two = new([new(0, 0), new(4, 4)]);

    private static readonly TestCaseData[] Refused =
    [
        Case("Clamped rows", () => RasterScan.Clamped(8, 8, 0, 4, 2)),
        Case("Clamped columns", () => RasterScan.Clamped(8, 8, 4, 0, 2)),
        Case("Clamped narrow", () => RasterScan.Clamped(8, 3, 4, 4, 2)),
        Case("Overhanging rows", () => RasterScan.Overhanging(8, 8, 0, 4, 2)),
        Case("Overhanging step", () => RasterScan.Overhanging(8, 8, 4, 4, 0)),
        Case("Overhanging past the object", () => RasterScan.Overhanging(10, 10, 4, 8, 9)),
        Case("overlap window", () => RasterScan.StepFromOverlap(0.5, 0)),
        Case("negative step", () => RasterScan.OverlapFromStep(-1, 8)),
        Case("step window", () => RasterScan.OverlapFromStep(1, 0)),
        Case("spiral rows", () => SpiralScan.Fermat(8, 8, 0, 4, 2)),
        Case("spiral columns", () => SpiralScan.Fermat(8, 8, 4, 0, 2)),
        Case("spiral low", () => SpiralScan.Concentric(3, 8, 4, 4, 2)),
        Case("spiral narrow", () => SpiralScan.Concentric(8, 3, 4, 4, 2)),
        Case("coverage window rows", () => ScanCoverage.Counts(Two, 0, 4, 8, 8)),
        Case("coverage window columns", () => ScanCoverage.Counts(Two, 4, 0, 8, 8)),
        Case("coverage rows", () => ScanCoverage.Counts(Two, 4, 4, 0, 8)),
        Case("coverage columns", () => ScanCoverage.Counts(Two, 4, 4, 8, 0)),
        Case("no coverage", () => ScanCoverage.Counts(null!, 4, 4, 8, 8)),
        Case("no step", () => ScanCoverage.MedianStep(null!)),
        Case("no overlap", () => ScanCoverage.Overlap(null!, 4)),
        Case("overlap length", () => ScanCoverage.Overlap(Two, 0)),
        Case("no pattern", () => new ScanPattern(null!)),
        Case("no jitter", () => ScanPatternTransforms.Jittered(null!, 1, 1)),
        Case("no rounding", () => ScanPatternTransforms.Rounded(null!)),
        Case("no clamp", () => ScanPatternTransforms.Clamped(null!, 8, 8, 4, 4)),
        Case("no snake", () => ScanPatternTransforms.Snake(null!)),
        Case("fit rows", () => Two.FitObject(0, 4)),
        Case("fit columns", () => Two.FitObject(4, 0)),
        Case("fit margin", () => Two.FitObject(4, 4, -1)),
        Case("fit growth", () => Two.FitObject(4, 4, 0, 0.5)),
    ];

    [TestCaseSource(nameof(Refused))]
    public void ImpossibleSizesAreRefused(Func<object> make) =>
        Assert.That(() => make(), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void TheLimitOfCoordinatesItselfIsAllowed() =>
        Assert.That(() => new ScanPattern([new(1 << 24, -(1 << 24))]), Throws.Nothing);

    [Test]
    public void StepsBelowTheWindowTouchTheObject()
    {
        for (var size = 7; size < 40; size++)
        {
            var scan = RasterScan.Overhanging(size, size, 7, 7, 6);
            Assert.That(scan.Min(p => p.Row), Is.GreaterThan(-7));
            Assert.That(scan.Max(p => p.Row), Is.LessThan(size));
        }
    }

    [Test]
    public void TheMedianStepIsThatOfAllPairs()
    {
        var scan = RasterScan.Clamped(90, 90, 8, 8, 6).Jittered(4, seed: 3);
        var nearest = scan.Select(
            (p, i) => scan.Where((_, j) => j != i).Min(q => double.Hypot(p.Row - q.Row, p.Column - q.Column))
        );
        Assert.That(ScanCoverage.MedianStep(scan), Is.EqualTo(nearest.Order().ElementAt(scan.Count / 2)));
        Assert.That(ScanCoverage.MedianStep(new ScanPattern([new(1, 1), new(1, 1), new(1, 3)])), Is.Zero);
    }

    [Test]
    public void OneFractionOnOneAxisIsEnoughForTheSlowPath()
    {
        Assert.That(new ScanPosition(1, 2.5).IsWhole, Is.False);
        Assert.That(new ScanPosition(1.5, 2).IsWhole, Is.False);
        Assert.That(new ScanPattern([new(0, 0), new(1.5, 2)]).IsWhole, Is.False);
        Assert.That(new ScanPattern([new(0, 0), new(1, 2)]).IsWhole, Is.True);
    }

    [TestCase(1000, 0)]
    [TestCase(-1000, 500)]
    public void GrowthIsThatOfTheScanWhereverItLies(double row, double column)
    {
        // Two windows of 4×4 ten pixels apart need 14×4 pixels, 1.75 times their own.
        foreach (var (rows, columns) in ((double, double)[])[(10, 0), (0, 10)])
        {
            var pattern = new ScanPattern([new(row, column), new(row + rows, column + columns)]);
            Assert.That(() => pattern.FitObject(4, 4, 0, 1.75), Throws.Nothing);
            Assert.That(() => pattern.FitObject(4, 4, 0, 1.74), Throws.ArgumentException);
        }
    }

    [Test]
    public void AMarginBeyondWhatAnArrayHoldsIsRefused()
    {
        Assert.That(Two.FitObject(4, 4, 20_000).ObjectHeight, Is.EqualTo(40_008));
        Assert.That(() => Two.FitObject(4, 4, 30_000), Throws.ArgumentException);
    }

    [TestCase(3, 0)]
    [TestCase(0, 3)]
    public void AScanAlongOneAxisIsAScan(double row, double column)
    {
        var pattern = new ScanPattern([new(5, 5), new(5 + row, 5 + column), new(5 + row / 2, 5 + column / 2)]);
        var probe = SyntheticProbes.Gaussian(4, 6, 2);
        Assert.That(pattern.Extent(), Is.EqualTo(3));
        Assert.That(() => new Measurement(MeasurementTests.Data(3), pattern, probe, 12, 14), Throws.Nothing);
    }

    [TestCase(5, 4)]
    [TestCase(1, 9)]
    [TestCase(9, 1)]
    public void OfARasterTheStepIsItsOwn(int rows, int columns)
    {
        var raster =
            from row in Enumerable.Range(0, rows)
            from column in Enumerable.Range(0, columns)
            select new ScanPosition(7.5 * row, 7.5 * column);
        Assert.That(ScanCoverage.Step(new ScanPattern(raster)), Is.EqualTo(7.5).Within(1e-9));
    }

    [Test]
    public void OfRowsPushedTogetherAtTheBorderTheStepIsTheMean()
    {
        // 0, 20, 40, 60 and, clamped, 64: the median to the nearest neighbour would be 4.
        var scan = RasterScan.Clamped(96, 96, 32, 32, 20);
        Assert.That(ScanCoverage.MedianStep(scan), Is.EqualTo(4));
        Assert.That(ScanCoverage.Step(scan), Is.EqualTo(16).Within(1e-9));
    }

    [Test]
    public void OfIslandsTheStepIsTheMedian()
    {
        // Pairs of rows, 30 apart, 1 within a pair: rectangles know nothing of it, the nearest are 10 away.
        var scan = new ScanPattern([new(0, 0), new(0, 10), new(0.5, 20), new(0, 30)]);
        Assert.That(ScanCoverage.Step(scan), Is.GreaterThanOrEqualTo(ScanCoverage.MedianStep(scan)));
        Assert.That(ScanCoverage.Overlap(scan, 8), Is.EqualTo(1 - ScanCoverage.Step(scan) / 8).And.Negative);
    }

    [Test]
    public void ASingleFrameOverlapsNothing() =>
        Assert.That(ScanCoverage.Overlap(new ScanPattern([new(3, 4)]), 32), Is.Zero);

    [Test]
    public void NoStepIsFullOverlap() => Assert.That(RasterScan.OverlapFromStep(0, 32), Is.EqualTo(1));

    [Test]
    public void TheMedianStepIsOfOrderedDistances()
    {
        // Nearest neighbours are 20, 9, 1 and 1 away.
        var pattern = new ScanPattern([new(0, 30), new(0, 10), new(0, 0), new(0, 1)]);
        Assert.That(ScanCoverage.MedianStep(pattern), Is.EqualTo(9));
    }

    [Test]
    public void CoverageOfMoreThanAnArrayIsNotComputed() =>
        Assert.That(() => ScanCoverage.Counts(Two, 4, 4, 1 << 16, 1 << 16), Throws.InstanceOf<OverflowException>());

    [Test]
    public void JitterIsTheGeneratorsUniformNumberOnEachAxis()
    {
        var random = new StableRandom(7);
        var moved = Two.Jittered(3, 7);
        for (var k = 0; k < 2; k++)
        {
            Assert.That(moved[k].Row, Is.EqualTo(Two[k].Row + 3 * (2 * random.NextDouble() - 1)));
            Assert.That(moved[k].Column, Is.EqualTo(Two[k].Column + 3 * (2 * random.NextDouble() - 1)));
        }
    }

    [Test]
    public void ASnakeTurnsEverySecondLine()
    {
        var snake = RasterScan.Clamped(12, 12, 4, 4, 4).Snake();
        double[] columns = [0, 4, 8, 8, 4, 0, 0, 4, 8];
        Assert.That(snake.Select(p => p.Column), Is.EqualTo(columns));
    }

    [Test]
    public void AFermatSpiralTurnsByTheGoldenAngle()
    {
        const double angle = 2.399963229728653;
        var spiral = SpiralScan.Fermat(100, 120, 20, 20, 5);
        for (var n = 0; n < 4; n++)
        {
            var radius = 5 * Math.Sqrt(n / Math.PI);
            Assert.That(spiral[n].Row, Is.EqualTo(40 + radius * Math.Sin(n * angle)).Within(1e-9));
            Assert.That(spiral[n].Column, Is.EqualTo(50 + radius * Math.Cos(n * angle)).Within(1e-9));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void SpiralsReachTheCornersAndTheEdge(bool fermat)
    {
        var spiral = fermat ? SpiralScan.Fermat(110, 110, 10, 10, 5) : SpiralScan.Concentric(110, 110, 10, 10, 5);
        foreach (var (row, column) in ((double, double)[])[(0, 0), (0, 100), (100, 0), (100, 100)])
            Assert.That(spiral.Min(p => double.Hypot(p.Row - row, p.Column - column)), Is.LessThan(8));
        Assert.That(spiral, Has.All.Matches<ScanPosition>(p => p is { Row: >= 0 and <= 100, Column: >= 0 and <= 100 }));
        if (!fermat)
            Assert.That(spiral, Has.Member(new ScanPosition(50, 100)), "the outermost ring touches the edge");
    }

    private static TestCaseData Case(string name, Func<object> make) => new TestCaseData(make).SetArgDisplayNames(name);
}
