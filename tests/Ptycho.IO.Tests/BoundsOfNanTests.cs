namespace Ptycho.IO.Tests;

/// <summary>The tests' own bounds: an error that is not a number passes none.</summary>
public class BoundsOfNanTests
{
    [TestCase(double.NaN)]
    [TestCase(float.NaN)]
    public void NanIsBelowNothing(object nan) =>
        Assert.Multiple(() =>
        {
            Assert.That(() => Assert.That(nan, Is.LessThan(1.0)), Throws.TypeOf<AssertionException>());
            Assert.That(() => Assert.That(nan, Is.LessThanOrEqualTo(1.0)), Throws.TypeOf<AssertionException>());
            Assert.That(() => Assert.That(nan, Is.AtMost(1.0)), Throws.TypeOf<AssertionException>());
            Assert.That(() => Assert.That(nan, Is.GreaterThan(0.0)), Throws.TypeOf<AssertionException>());
            Assert.That(() => Assert.That(nan, Is.Zero.Within(1.0)), Throws.TypeOf<AssertionException>());
        });

    [TestCase(0.5, true)]
    [TestCase(1.0, false)]
    [TestCase(float.NegativeInfinity, true)]
    [TestCase(2, false)]
    public void NumbersAreComparedAsEver(object number, bool below)
    {
        Assert.That(number, below ? Is.LessThan(1.0) : Is.Not.LessThan(1.0));
        Assert.That(number, below ? Is.LessThanOrEqualTo(0.9) : Is.AtMost(2).And.Not.AtMost(0.9));
    }
}
