using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Propagation;

namespace Ptycho.Physics.Tests.Propagation;

public class FieldPropagatorTests
{
    private const double Wavelength = 0.5e-6;
    private const double Pixel = 1e-6;

    private static readonly Func<ComplexField, double, double, double, ComplexField>[] s_both =
    [
        FieldPropagator.AngularSpectrum,
        FieldPropagator.Fresnel,
    ];

    [Test]
    public void AGaussianBeamSpreadsByTheKnownLaw([Values] bool fresnel)
    {
        const double waist = 10e-6;
        const double distance = 600e-6;
        var beam = new ComplexField(128, 96);
        for (var row = 0; row < 128; row++)
        for (var column = 0; column < 96; column++)
            beam[row, column] = Math.Exp(-(Square(row - 64) + Square(column - 48)) * Pixel * Pixel / (waist * waist));
        var far = fresnel
            ? FieldPropagator.Fresnel(beam, Wavelength, Pixel, distance)
            : FieldPropagator.AngularSpectrum(beam, Wavelength, Pixel, distance);
        // u = w0/w·exp(−r²/w²) on the axis has the amplitude w0/w(z), and the phase −atan(z/zR).
        var range = Math.PI * waist * waist / Wavelength;
        var width = Math.Sqrt(1 + Square(distance / range));
        Assert.That(far[64, 48].Magnitude, Is.EqualTo(1 / width).Within(2e-3));
        Assert.That(far[64, 48].Phase, Is.EqualTo(-Math.Atan(distance / range)).Within(2e-3));
        var ratio = far[74, 48].Magnitude / far[64, 48].Magnitude;
        Assert.That(ratio, Is.EqualTo(Math.Exp(-1 / Square(width))).Within(5e-3));
    }

    [Test]
    public void GoingBackUndoesIt()
    {
        var random = new Random(4);
        var field = new ComplexField(30, 32);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle(), random.NextSingle());
        var there = FieldPropagator.AngularSpectrum(field, Wavelength, Pixel, 1e-4);
        var back = FieldPropagator.AngularSpectrum(there, Wavelength, Pixel, -1e-4);
        Assert.That(back.Real, Is.EqualTo(field.Real).Within(2e-6));
        Assert.That(there.Real, Is.Not.EqualTo(field.Real).Within(1e-2));
    }

    [Test]
    public void EvanescentWavesVanish()
    {
        var checker = new ComplexField(8, 8);
        for (var row = 0; row < 8; row++)
        for (var column = 0; column < 8; column++)
            checker[row, column] = (row + column) % 2 == 0 ? 1 : -1;
        var far = FieldPropagator.AngularSpectrum(checker, Wavelength, 0.3 * Wavelength, 1e-9);
        Assert.That(far.Real, Is.All.EqualTo(0).Within(1e-6));
    }

    [TestCase("wavelength", 0, 1, 1)]
    [TestCase("wavelength", -1, 1, 1)]
    [TestCase("wavelength", double.NaN, 1, 1)]
    [TestCase("wavelength", double.PositiveInfinity, 1, 1)]
    [TestCase("pixelSize", 1, 0, 1)]
    [TestCase("pixelSize", 1, -1, 1)]
    [TestCase("pixelSize", 1, double.NaN, 1)]
    [TestCase("pixelSize", 1, double.PositiveInfinity, 1)]
    [TestCase("distance", 1, 1, double.NaN)]
    [TestCase("distance", 1, 1, double.NegativeInfinity)]
    public void BadParametersAreNamed(string name, double wavelength, double pixelSize, double distance)
    {
        foreach (var propagate in s_both)
            Assert.That(
                () => propagate(new ComplexField(4, 4), wavelength, pixelSize, distance),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name)
            );
    }

    [Test]
    public void AFieldThatIsNoneOrNotFiniteIsRefused()
    {
        var field = new ComplexField(4, 4) { [1, 2] = new(0, double.NaN) };
        foreach (var propagate in s_both)
        {
            Assert.That(
                () => propagate(null!, 1, 1, 1),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("field")
            );
            Assert.That(
                () => propagate(field, 1, 1, 1),
                Throws
                    .ArgumentException.With.Property("ParamName")
                    .EqualTo("field")
                    .And.Message.Contains("row 1, column 2")
            );
        }
    }

    [Test]
    public void NoDistanceChangesNothingAndTheFieldStaysAsItWas()
    {
        var field = new ComplexField(4, 6) { [1, 2] = new(3, -2) };
        foreach (var propagate in s_both)
        {
            var near = propagate(field, Wavelength, Pixel, 0);
            Assert.That(near.Real, Is.EqualTo(field.Real).Within(1e-6));
            var far = propagate(field, Wavelength, Pixel, 1e-4);
            Assert.That(far.Real[0], Is.Not.Zero);
            Assert.That(field.Real.Sum(), Is.EqualTo(3), "the field given");
        }
    }

    private static double Square(double x) => x * x;
}
