using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

public class ScanPatternTests
{
    [TestCase(2.0, 2, 0.0)]
    [TestCase(2.5, 3, -0.5)]
    [TestCase(-2.5, -2, -0.5)]
    [TestCase(-2.75, -3, 0.25)]
    public void PositionsSplitIntoWholePixelAndFraction(double x, int whole, double fraction)
    {
        var position = new ScanPosition(x, x);
        Assert.That(position.WholePixel, Is.EqualTo((whole, whole)));
        Assert.That(position.Fraction, Is.EqualTo((fraction, fraction)));
        Assert.That(position.IsWhole, Is.EqualTo(fraction == 0));
    }

    [Test]
    public void BadPositionsAreNamed()
    {
        Assert.That(() => new ScanPattern([]), Throws.ArgumentException);
        Assert.That(
            () => new ScanPattern([new(0, 0), new(0, double.NaN)]),
            Throws.ArgumentException.With.Message.Contains("Position 1")
        );
        Assert.That(() => new ScanPattern([new(1e9, 0)]), Throws.ArgumentException);
    }

    [Test]
    public void FitObjectHoldsEveryWindow()
    {
        var (pattern, height, width) = new ScanPattern([new(-10.25, 3), new(20.5, 7.6)]).FitObject(16, 8, 2);
        Assert.That(pattern.IsWhole, Is.False);
        Assert.That(pattern.Min(p => p.WholePixel.Row), Is.GreaterThanOrEqualTo(2));
        Assert.That(pattern.Min(p => p.WholePixel.Column), Is.EqualTo(2));
        Assert.That(height, Is.EqualTo(pattern.Max(p => p.WholePixel.Row) + 18));
        Assert.That(width, Is.EqualTo(pattern.Max(p => p.WholePixel.Column) + 10));
    }
}
