using Ptycho.IO;
using Ptycho.Physics.Objects;

namespace Ptycho.Physics.Tests.Objects;

public class BloodSmearPhantomTests
{
    [Test]
    public void TheSameSeedGivesTheSameBitsAndAnotherSeedAnotherSmear()
    {
        var first = BloodSmearPhantom.Create(96, 80, 7);
        Assert.That((first.Height, first.Width), Is.EqualTo((96, 80)));
        var again = BloodSmearPhantom.Create(96, 80, 7);
        Assert.That(again.Real, Is.EqualTo(first.Real));
        Assert.That(again.Imaginary, Is.EqualTo(first.Imaginary));
        Assert.That(BloodSmearPhantom.Create(96, 80, 8).Real, Is.Not.EqualTo(first.Real));
    }

    [Test]
    public void StatisticsAreThoseOfTheRecoveredObjects()
    {
        var (magnitudes, phases) = Polar(BloodSmearPhantom.Create(512, 512, 0));
        // The recovered red and aberration objects have .80/.82, 1.25/1.17 and −.56/−.33, .72/.44 at these ranks.
        Assert.That(Rank(magnitudes, 0.5), Is.EqualTo(1).Within(1e-5));
        Assert.That(Rank(magnitudes, 0.05), Is.InRange(0.75, 0.9));
        Assert.That(Rank(magnitudes, 0.95), Is.InRange(1.1, 1.3));
        Assert.That(Rank(magnitudes, 0.001), Is.InRange(0.1, 0.5));
        Assert.That(Rank(phases, 0.05), Is.InRange(-0.6, -0.3));
        Assert.That(Rank(phases, 0.95), Is.InRange(0.3, 0.8));
        Assert.That(Rank(phases, 0.999), Is.InRange(1.2, 2.5));
    }

    [Test]
    public void CellsDarkenAndDelayTheLight()
    {
        var with = BloodSmearPhantom.Create(128, 128, 1);
        var (magnitudes, phases) = Polar(with, sorted: false);
        var dark = Enumerable.Range(0, magnitudes.Length).Where(i => magnitudes[i] < 0.97).Average(i => phases[i]);
        var bright = Enumerable.Range(0, magnitudes.Length).Where(i => magnitudes[i] > 1.1).Average(i => phases[i]);
        Assert.That(dark - bright, Is.GreaterThan(0.3));

        var empty = BloodSmearPhantom.Create(128, 128, 1, new BloodSmearPhantomOptions { Coverage = 0 });
        Assert.That(Polar(empty).Magnitudes[0], Is.GreaterThan(0.85));
    }

    [TestCase(1, 1)]
    [TestCase(3, 40)]
    public void AnySizeIsDrawn(int height, int width)
    {
        var field = BloodSmearPhantom.Create(height, width, 2);
        Assert.That(field.Real.Concat(field.Imaginary), Has.All.InRange(-5f, 5f));
        Assert.That(() => BloodSmearPhantom.Create(0, width, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void WrongOptionsAreRefusedByName() =>
        Assert.That(
            () => new BloodSmearPhantomOptions { Coverage = 2 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Coverage must be between 0 and 1.5")
        );

    private static (double[] Magnitudes, double[] Phases) Polar(ComplexField field, bool sorted = true)
    {
        var (magnitudes, phases) = (new double[field.Length], new double[field.Length]);
        for (var i = 0; i < field.Length; i++)
        {
            magnitudes[i] = Math.Sqrt(field.Real[i] * field.Real[i] + field.Imaginary[i] * field.Imaginary[i]);
            phases[i] = Math.Atan2(field.Imaginary[i], field.Real[i]);
        }
        if (sorted)
        {
            Array.Sort(magnitudes);
            Array.Sort(phases);
        }
        return (magnitudes, phases);
    }

    private static double Rank(double[] sorted, double rank) => sorted[(int)(rank * (sorted.Length - 1))];
}
