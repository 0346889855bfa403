using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Probes;

public class ProbeModesTests
{
    [Test]
    public void PowersAreThoseOfTheSingularValues()
    {
        // numpy.linalg.svd of the same modes.
        double[] expected = [0.978561779, 0.020976802, 0.000461419473];
        var found = ProbeModes.Orthogonalise(Mixed());
        Assert.That(ProbeModes.Powers(found), Is.EqualTo(expected).Within(1e-6));
        Assert.That(found.Energy, Is.EqualTo(136.29143453).Within(1e-4));
    }

    [Test]
    public void ModesAreOrthogonalAndTheLightStays()
    {
        var mixed = Mixed();
        var found = ProbeModes.Orthogonalise(mixed);
        for (var i = 0; i < 3; i++)
        for (var j = 0; j < i; j++)
            Assert.That(Inner(found, i, j).Magnitude, Is.LessThan(1e-4));
        Assert.That(found.Intensity(), Is.EqualTo(mixed.Intensity()).Within(1e-5));
    }

    [Test]
    public void OneModeIsLeftAlone()
    {
        var probe = SyntheticProbes.SoftDisk(8, 8, 4, 1);
        Assert.That(ProbeModes.Orthogonalise(probe), Is.SameAs(probe));
        Assert.That(ProbeModes.Powers(probe), Is.EqualTo((double[])[1]));
    }

    [Test]
    public void NewModesAreOrthogonalWithTheirShare()
    {
        var probe = SyntheticProbes.SoftDisk(24, 20, 10, 2, 0.05);
        var found = ProbeModes.Expand(probe, 5, 0.04);
        Assert.That(found.Energy, Is.EqualTo(probe.Energy).Within(1e-4));
        Assert.That(ProbeModes.Powers(found), Is.EqualTo((double[])[0.84, 0.04, 0.04, 0.04, 0.04]).Within(1e-5));
        for (var i = 0; i < 5; i++)
        for (var j = 0; j < i; j++)
            Assert.That(Inner(found, i, j).Magnitude, Is.LessThan(1e-4 * probe.Energy));
    }

    [Test]
    public void NewModesAreOrthogonalToModesThatAreNotSoThemselves()
    {
        var (a, b) = (
            SyntheticProbes.SoftDisk(24, 20, 10, 2).Modes[0],
            SyntheticProbes.SoftDisk(24, 20, 14, 3).Modes[0]
        );
        var probe = Probe.FromModes([a, b, new ComplexField(24, 20)]);
        var found = ProbeModes.Expand(probe, 5, 0.04);
        for (var i = 3; i < 5; i++)
        for (var j = 0; j < i; j++)
            Assert.That(Inner(found, i, j).Magnitude, Is.LessThan(1e-5 * probe.Energy), $"{i}, {j}");
    }

    [Test]
    public void ADarkFirstModeIsRefused() =>
        Assert.That(
            () => ProbeModes.Expand(Probe.FromModes([new ComplexField(8, 8), ComplexField.Constant(8, 8, 1)]), 3),
            Throws.ArgumentException.With.Message.Contains("dark")
        );

    [Test]
    public void BadNumbersAreNamed()
    {
        var probe = SyntheticProbes.SoftDisk(8, 8, 4, 1);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => ProbeModes.Expand(probe, 0),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("count")
            );
            Assert.That(
                () => ProbeModes.Expand(probe, 12),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("10")
            );
            Assert.That(
                () => ProbeModes.Expand(probe, 3, 0.5),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("energy")
            );
            Assert.That(
                () => ProbeModes.Expand(Probe.FromField(ComplexField.Constant(1, 1, 1)), 2),
                Throws.ArgumentException.With.Message.Contains("too small")
            );
        });
    }

    private static Complex Inner(Probe probe, int i, int j)
    {
        var sum = Complex.Zero;
        for (var row = 0; row < probe.Height; row++)
        for (var column = 0; column < probe.Width; column++)
            sum += Complex.Conjugate(probe.Modes[i][row, column]) * probe.Modes[j][row, column];
        return sum;
    }

    private static Probe Mixed() => Probe.FromModes(Enumerable.Range(0, 3).Select(Mode));

    private static ComplexField Mode(int m)
    {
        var field = new ComplexField(8, 7);
        for (var y = 0; y < 8; y++)
        for (var x = 0; x < 7; x++)
            field[y, x] =
                Math.Exp(-(Math.Pow(y - 3.5, 2) + Math.Pow(x - 3, 2)) / 8)
                * new Complex(1 + 0.3 * m * y - 0.1 * m * m * x, 0.2 * m * x);
        return field;
    }
}
