using System.Numerics;

namespace Ptycho.IO.Tests;

public class ComplexFieldTests
{
    [Test]
    public void IndexerIsRowFirst()
    {
        var field = new ComplexField(2, 3);
        field[1, 2] = new Complex(4, -5);
        Assert.That(field.Real[5], Is.EqualTo(4f));
        Assert.That(field.Imaginary[5], Is.EqualTo(-5f));
    }

    [Test]
    public void WrongPlaneLengthIsNamed() =>
        Assert.That(
            () => new ComplexField(2, 3, new float[5], new float[6]),
            Throws.ArgumentException.With.Message.Contains("2×3").And.Message.Contains("5")
        );
}
