using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Probes;

public class ProbeResamplingTests
{
    [Test]
    public void PixelsAreMeansOfBlocks()
    {
        var field = new ComplexField(4, 6);
        for (var row = 0; row < 4; row++)
        for (var column = 0; column < 6; column++)
            field[row, column] = new Complex(row, column);
        var small = ProbeResampling.Average(Probe.FromField(field), 2).Modes[0];
        Assert.That((small.Height, small.Width), Is.EqualTo((2, 3)));
        Assert.That(small[1, 2], Is.EqualTo(new Complex(2.5, 4.5)));
        Assert.That(small[0, 0], Is.EqualTo(new Complex(0.5, 0.5)));
    }

    [Test]
    public void ACroppedSpectrumIsThatOfNumPy()
    {
        // numpy.fft of the same probe, frequencies [0, 1, 2, −3, −2, −1] and [0, 1, 2, −2, −1].
        var found = ProbeResampling.CropSpectrum(Defocused(), 6, 5);
        var mode = found.Modes[0];
        Assert.Multiple(() =>
        {
            Near(mode[2, 3], new Complex(-0.31359681599699884, 1.161588808848572));
            Near(mode[0, 0], new Complex(0.004914089976233632, 0.0175723455158935));
            Near(mode[5, 4], new Complex(-0.03838226452506666, -0.023659288745236682));
            Assert.That(found.Energy / Defocused().Energy, Is.EqualTo(0.9990158785836634).Within(1e-6));
        });
    }

    [Test]
    public void TheSameSizeIsTheSameProbe()
    {
        var probe = Defocused();
        Assert.That(
            ProbeResampling.CropSpectrum(probe, 12, 10).Modes[0].Real,
            Is.EqualTo(probe.Modes[0].Real).Within(1e-6)
        );
        Assert.That(ProbeResampling.Average(probe, 1).Modes[0].Real, Is.EqualTo(probe.Modes[0].Real));
    }

    [Test]
    public void BadSizesAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => ProbeResampling.Average(Defocused(), 4),
                Throws.ArgumentException.With.Message.Contains("12×10")
            );
            Assert.That(
                () => ProbeResampling.CropSpectrum(Defocused(), 13, 10),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("height")
            );
        });

    private static void Near(Complex found, Complex expected) =>
        Assert.That((found - expected).Magnitude, Is.LessThan(1e-6), $"{found}");

    private static Probe Defocused()
    {
        var field = new ComplexField(12, 10);
        for (var y = 0; y < 12; y++)
        for (var x = 0; x < 10; x++)
            field[y, x] = Complex.FromPolarCoordinates(
                Math.Exp(-(Math.Pow(y - 5.2, 2) + Math.Pow(x - 4.1, 2)) / 10),
                0.05 * Math.Pow(y - 5, 2) + 0.3 * x
            );
        return Probe.FromField(field);
    }
}
