using System.Numerics;
using Ptycho.IO.Png;

namespace Ptycho.IO.Tests.Png;

public class FieldImageTests
{
    [Test]
    public void ValuesBecomeColorsInPlace()
    {
        var image = FieldImage.Render([0, 1, 2, 3, 4, float.NaN], 2, 3, ColorMap.Gray, new ValueRange(0, 4));
        Assert.That((image.Width, image.Height), Is.EqualTo((3, 2)));
        Assert.That(image[0, 2], Is.EqualTo(new Rgb(128, 128, 128)));
        Assert.That(image[1, 1], Is.EqualTo(Rgb.White));
        Assert.That(image[1, 2], Is.EqualTo(ColorMap.Missing));
        Assert.That(
            () => FieldImage.Render([1, 2], 1, 3, ColorMap.Gray, new ValueRange(0, 1)),
            Throws.ArgumentException.With.Message.Contains("1×3")
        );
    }

    [Test]
    public void MagnitudeIsTheModulus()
    {
        var field = ComplexField.Constant(1, 1, new Complex(3, -4));
        Assert.That(FieldImage.Magnitude(field, new ValueRange(0, 5))[0, 0], Is.EqualTo(Rgb.White));
    }

    [Test]
    public void PhaseIsTakenFromTheReferenceAndWraps()
    {
        var field = ComplexField.Constant(1, 1, Complex.FromPolarCoordinates(2, 3));
        var seen = FieldImage.Phase(field, reference: -1)[0, 0];
        Assert.That(seen, Is.EqualTo(ColorMap.CyclicPhase.Map(ValueRange.Phase.Position(4 - 2 * Math.PI))));
        var narrow = FieldImage.Phase(field, 0, ColorMap.Gray, new ValueRange(-1, 1))[0, 0];
        Assert.That(narrow, Is.EqualTo(Rgb.White));
    }

    [Test]
    public void RangesAreValidated()
    {
        Assert.That(() => new ValueRange(1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ValueRange(double.NaN, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ValueRange(0, double.PositiveInfinity), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(ValueRange.Of([3, float.NaN, -1, float.PositiveInfinity]), Is.EqualTo(new ValueRange(-1, 3)));
        Assert.That(ValueRange.Of([2, 2]), Is.EqualTo(new ValueRange(1.5, 2.5)));
        Assert.That(() => ValueRange.Of([float.NaN]), Throws.ArgumentException);
    }
}
