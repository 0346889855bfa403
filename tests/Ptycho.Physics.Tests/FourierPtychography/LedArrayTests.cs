using Ptycho.Physics.FourierPtychography;

namespace Ptycho.Physics.Tests.FourierPtychography;

public class LedArrayTests
{
    [Test]
    public void TheSpiralGoesOutwardFromTheCentre()
    {
        // Without glass, and far away, the sines are the positions over the distance.
        var array = new LedArray
        {
            Pitch = 1,
            Distance = 1e6,
            GlassThickness = 0,
        };
        (int Y, int X)[] expected =
        [
            (0, 0),
            (0, 1),
            (1, 1),
            (1, 0),
            (1, -1),
            (0, -1),
            (-1, -1),
            (-1, 0),
            (-1, 1),
            (-1, 2),
            (0, 2),
            (1, 2),
            (2, 2),
        ];
        var steps = array.SpiralDirections(13).Select(d => ((int)Math.Round(d.Y * 1e6), (int)Math.Round(d.X * 1e6)));
        Assert.That(steps, Is.EqualTo(expected));
        var all = array.SpiralDirections(225).Select(d => (Math.Round(d.Y * 1e6), Math.Round(d.X * 1e6))).ToHashSet();
        Assert.That(all, Has.Count.EqualTo(225));
        Assert.That(all.Max(p => Math.Max(Math.Abs(p.Item1), Math.Abs(p.Item2))), Is.EqualTo(7));
    }

    [TestCase(0, 0.004)]
    [TestCase(0.028, 0.028)]
    [TestCase(-0.012, 0.003)]
    public void TheRayObeysSnellsLaw(double y, double x)
    {
        var array = new LedArray { GlassThickness = 2e-3 };
        var direction = array.DirectionFrom(x, y);
        var sine = Math.Sqrt(direction.X * direction.X + direction.Y * direction.Y);
        // Traced back from the sample: sideways in the glass, then in the air.
        var inGlass = array.GlassThickness * Math.Tan(Math.Asin(sine / array.GlassIndex));
        var inAir = array.Distance * Math.Tan(Math.Asin(sine));
        Assert.That(inGlass + inAir, Is.EqualTo(Math.Sqrt(x * x + y * y)).Within(1e-9));
        Assert.That(Math.Atan2(direction.Y, direction.X), Is.EqualTo(Math.Atan2(y, x)).Within(1e-12));
    }

    [Test]
    public void OffsetAndRotationMoveTheArray()
    {
        var plain = new LedArray();
        var moved = plain with { OffsetX = 1e-3, OffsetY = -2e-3, Rotation = Math.PI / 2 };
        // One pitch to the right of (1, −2) mm, turned by a quarter from x towards y.
        var (actual, expected) = (moved.SpiralDirections(2)[1], plain.DirectionFrom(2e-3, 5e-3));
        Assert.That(actual.X, Is.EqualTo(expected.X).Within(1e-12));
        Assert.That(actual.Y, Is.EqualTo(expected.Y).Within(1e-12));
        Assert.That(plain.SpiralDirections(1)[0], Is.EqualTo(default(IlluminationDirection)));
    }

    [Test]
    public void WrongArraysAreRefusedByName()
    {
        Assert.That(
            () => new LedArray { Pitch = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Pitch")
        );
        Assert.That(() => new LedArray { GlassIndex = 0.9 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LedArray { OffsetX = double.NaN }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LedArray().SpiralDirections(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
