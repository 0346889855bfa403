using System.Numerics;
using Ptycho.IO;
using Ptycho.Samples.PaperTables.Runs;

namespace Ptycho.PaperTables.Tests.Runs;

public class PhaseShapeTests
{
    [Test]
    public void AGlobalPhaseIsNoError()
    {
        var truth = Truth();
        var shape = PhaseShape.Of(Turned(truth, (_, _) => 1.3), truth);
        Assert.That(shape.Ramp, Is.EqualTo(0).Within(1e-4));
        Assert.That(shape.Slow, Is.EqualTo(0).Within(1e-5));
        Assert.That(shape.Step, Is.EqualTo(0).Within(1e-5));
        Assert.That(shape.IsSuspicious, Is.False);
    }

    [Test]
    public void ARampIsMeasuredOverTheField()
    {
        var truth = Truth();
        var shape = PhaseShape.Of(Turned(truth, (row, column) => 0.6 * row / 64 + 0.8 * column / 64), truth);
        Assert.That(shape.Ramp, Is.EqualTo(1).Within(1e-3));
        Assert.That(shape.IsSuspicious, Is.True);
    }

    [Test]
    public void AStepIsFoundEvenBeyondPi()
    {
        var truth = Truth();
        var shape = PhaseShape.Of(Turned(truth, (_, column) => column < 32 ? 0 : 2.5), truth);
        Assert.That(shape.Step, Is.EqualTo(2.5).Within(1e-5));
        Assert.That(shape.Slow, Is.EqualTo(1.25).Within(0.05));
        Assert.That(shape.IsSuspicious, Is.True);
        Assert.That(
            PhaseShape.Of(Turned(truth, (_, column) => column < 32 ? 0 : 3.5), truth).Step,
            Is.EqualTo(2 * Math.PI - 3.5).Within(1e-5)
        );
    }

    [Test]
    public void GrainOfOnePixelIsNotSlow()
    {
        var truth = Truth();
        var shape = PhaseShape.Of(Turned(truth, (row, column) => (row + column) % 2 == 0 ? 0.5 : -0.5), truth);
        Assert.That(shape.Slow, Is.LessThan(0.02));
        Assert.That(shape.IsSuspicious, Is.False);
    }

    private static ComplexField Truth()
    {
        var field = new ComplexField(64, 64);
        for (var row = 0; row < 64; row++)
        for (var column = 0; column < 64; column++)
            field[row, column] = Complex.FromPolarCoordinates(
                1 + 0.2 * Math.Sin(row / 5.0),
                0.3 * Math.Cos(column / 7.0)
            );
        return field;
    }

    private static ComplexField Turned(ComplexField field, Func<int, int, double> phase)
    {
        var turned = field.Clone();
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
            turned[row, column] *= Complex.FromPolarCoordinates(1, phase(row, column));
        return turned;
    }
}
