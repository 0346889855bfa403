using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

/// <summary>The overlap map, borders and spirals by plain loops, also where windows leave the object.</summary>
public class ScanLoopTests
{
    private const int Height = 7;
    private const int Width = 9;

    private static readonly ScanPattern Scan = new([new(-2, -1), new(0, 3), new(4.4, 6.6), new(3, 7), new(-1, 8)]);

    [Test]
    public void TheOverlapMapIsItsFormulaOnEveryPixel()
    {
        var probe = Probe.FromModes([Field(1), Field(2)]);
        var map = ScanCoverage.OverlapMap(Scan, probe, Height, Width);
        for (var row = 0; row < Height; row++)
        for (var column = 0; column < Width; column++)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var (top, left) in Scan.Select(p => p.WholePixel))
            {
                var (y, x) = (row - top, column - left);
                if (y is < 0 or >= 4 || x is < 0 or >= 5)
                    continue;
                var light = probe.Modes.Sum(m => Math.Pow(m[y, x].Magnitude, 2));
                (sum, squares) = (sum + light, squares + light * light);
            }
            var expected = squares > 0 ? sum * sum / squares : 0;
            Assert.That(map[row * Width + column], Is.EqualTo(expected).Within(1e-4), $"row {row}, column {column}");
        }
    }

    [Test]
    public void WindowsThatLeaveTheObjectAreCountedWhereTheyLieOnIt()
    {
        var counts = ScanCoverage.Counts(Scan, 4, 5, Height, Width);
        for (var i = 0; i < counts.Length; i++)
        {
            var (row, column) = (i / Width, i % Width);
            var expected = Scan.Select(p => p.WholePixel)
                .Count(p => row >= p.Row && row < p.Row + 4 && column >= p.Column && column < p.Column + 5);
            Assert.That(counts[i], Is.EqualTo(expected), $"row {row}, column {column}");
        }
    }

    /// <summary>A window whose last or first pixel lies on the object stays, one further on it does not.</summary>
    [TestCase(-3, 0, true)]
    [TestCase(-4, 0, false)]
    [TestCase(0, -4, true)]
    [TestCase(0, -5, false)]
    [TestCase(6, 0, true)]
    [TestCase(7, 0, false)]
    [TestCase(0, 8, true)]
    [TestCase(0, 9, false)]
    public void AnOverhangingWindowTouchesTheObject(double row, double column, bool stays)
    {
        var scan = new ScanPattern([new(1, 1), new(row, column)]);
        var left = scan.WithBorder(ScanBorder.Overhang, Height, Width, 4, 5);
        Assert.That(left.Pattern, Has.Count.EqualTo(stays ? 2 : 1));
    }

    [TestCase(3, 4, true)]
    [TestCase(3.001, 4, false)]
    [TestCase(3, 4.001, false)]
    [TestCase(0, 0, true)]
    [TestCase(-0.001, 0, false)]
    [TestCase(0, -0.001, false)]
    public void ACroppedScanKeepsWindowsThatEndOnTheBorder(double row, double column, bool stays)
    {
        var scan = new ScanPattern([new(1, 1), new(row, column)]);
        var left = scan.WithBorder(ScanBorder.Crop, Height, Width, 4, 5);
        Assert.That(left.Pattern, Has.Count.EqualTo(stays ? 2 : 1));
    }

    /// <summary>The step of the same scan does not depend on where it lies.</summary>
    [Test]
    public void TheStepIsThatOfTheScanWhereverItLies()
    {
        // Rows pushed together: the step is the raster's, not the median.
        var scan = RasterScan.Clamped(96, 80, 32, 32, 20);
        var expected = ScanCoverage.Step(scan);
        Assert.That(expected, Is.GreaterThan(ScanCoverage.MedianStep(scan)));
        Assert.That(ScanCoverage.Step(scan.Shifted(700, -300)), Is.EqualTo(expected).Within(1e-9));
    }

    /// <summary>Every point of the spirals that lies inside is there, and none twice.</summary>
    [TestCase(40, 30, 4.0)]
    [TestCase(24, 60, 2.5)]
    public void SpiralsHaveAllTheirPointsInside(int rows, int columns, double step)
    {
        var rings = SpiralScan.Concentric(rows + 8, columns + 8, 8, 8, step);
        var expected = Enumerable
            .Range(0, 100)
            .SelectMany(n =>
            {
                var count = n == 0 ? 1 : (int)Math.Round(2 * Math.PI * n);
                return Enumerable.Range(0, count).Select(i => (Radius: n * step, Angle: 2 * Math.PI * i / count));
            })
            .Count(p => Inside(p.Radius, p.Angle));
        Assert.That(rings, Has.Count.EqualTo(expected));
        Assert.That(rings, Is.Unique);
        var angle = Math.PI * (3 - Math.Sqrt(5));
        var spiral = SpiralScan.Fermat(rows + 8, columns + 8, 8, 8, step);
        var points = Enumerable.Range(0, 10_000).Count(n => Inside(step * Math.Sqrt(n / Math.PI), n * angle));
        Assert.That(spiral, Has.Count.EqualTo(points));

        bool Inside(double radius, double turn)
        {
            var row = rows / 2.0 + radius * Math.Sin(turn);
            var column = columns / 2.0 + radius * Math.Cos(turn);
            return row >= 0 && row <= rows && column >= 0 && column <= columns;
        }
    }

    private static ComplexField Field(int seed)
    {
        var random = new Random(seed);
        var field = new ComplexField(4, 5);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle(), random.NextSingle());
        return field;
    }
}
