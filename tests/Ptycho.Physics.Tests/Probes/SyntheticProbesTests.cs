using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Probes;

public class SyntheticProbesTests
{
    [TestCase("H")]
    [TestCase("P1")]
    public void StandardProbesAgreeWithTheReference(string name)
    {
        var probe = (name == "H" ? SyntheticProbes.StandardH() : SyntheticProbes.StandardP1()).Modes[0];
        var expected = Reference.Probes.Field(name);
        Assert.That(probe.Real, Is.EqualTo(expected.Real).Within(1e-6f));
        Assert.That(probe.Imaginary, Is.EqualTo(expected.Imaginary).Within(1e-6f));
    }

    [Test]
    public void SoftDiskIsHalfAtItsRadius()
    {
        var probe = SyntheticProbes.SoftDisk(33, 41, 12, 2).Modes[0];
        Assert.Multiple(() =>
        {
            Assert.That(probe[16, 20].Real, Is.EqualTo(1));
            Assert.That(probe[16, 26].Real, Is.EqualTo(0.5 * (1 + Math.Exp(-6))).Within(1e-6));
            Assert.That(probe[16, 26].Imaginary, Is.Zero);
        });
    }

    [Test]
    public void GaussianHasItsWaistAndCurvature()
    {
        var probe = SyntheticProbes.Gaussian(21, 21, 4, 0.01).Modes[0];
        Assert.That(probe[10, 14].Magnitude, Is.EqualTo(Math.Exp(-1)).Within(1e-6));
        Assert.That(probe[10, 14].Phase, Is.EqualTo(0.16).Within(1e-6));
    }

    [TestCase(0.0, 1.0)]
    [TestCase(5.0, double.NaN)]
    public void BadShapesAreRefused(double diameter, double edge) =>
        Assert.That(
            () => SyntheticProbes.SoftDisk(8, 8, diameter, edge),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
}
