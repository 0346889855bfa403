using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Probes;

public class ProbeTests
{
    [Test]
    public void LaterChangesOfTheSourceDoNotReachTheProbe()
    {
        var field = ComplexField.Constant(2, 3, 1);
        var probe = Probe.FromField(field);
        field[0, 0] = 5;
        Assert.That(probe.Modes[0][0, 0], Is.EqualTo(Complex.One));
    }

    [Test]
    public void IntensityAndEnergyAddModes()
    {
        var probe = Probe.FromModes([
            ComplexField.Constant(2, 2, new Complex(3, 4)),
            ComplexField.Constant(2, 2, new Complex(0, 2)),
        ]);
        Assert.That(probe.Intensity(), Is.EqualTo(new float[] { 29, 29, 29, 29 }));
        Assert.That(probe.Energy, Is.EqualTo(116));
    }

    [Test]
    public void BadModesAreNamed()
    {
        var bad = ComplexField.Constant(4, 5, 1);
        bad.Imaginary[2 * 5 + 3] = float.NaN;
        Assert.Multiple(() =>
        {
            Assert.That(() => Probe.FromField(bad), Throws.ArgumentException.With.Message.Contains("row 2, column 3"));
            Assert.That(() => Probe.FromModes([]), Throws.ArgumentException);
            Assert.That(() => Probe.FromField(new ComplexField(3, 3)), Throws.ArgumentException);
            Assert.That(
                () => Probe.FromModes([ComplexField.Constant(2, 2, 1), ComplexField.Constant(2, 3, 1)]),
                Throws.ArgumentException.With.Message.Contains("mode 1 is 2×3")
            );
        });
    }
}
