using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Propagation;

public class FrameOperatorTests
{
    private static readonly ScanPattern[] Scans =
    [
        new([new(0, 0), new(-5, 3), new(20, 16), new(12, -7)]),
        new([new(0.25, 0), new(-5.4, 3.3), new(20.5, 16.75), new(12, -7)]),
    ];

    [Test]
    public void AdjointIsExact([ValueSource(nameof(Scans))] ScanPattern scan, [Values(1, 2)] int modes)
    {
        var random = new Random(1);
        var probe = Probe.FromModes(Enumerable.Range(0, modes).Select(_ => Noise(random, 12, 10)));
        var model = new FrameOperator(probe, scan, 25, 20);
        var image = Noise(random, 25, 20);
        var back = new ComplexField(25, 20);
        var (left, forwardEnergy, testEnergy) = (Complex.Zero, 0.0, 0.0);
        for (var k = 0; k < scan.Count; k++)
        {
            var test = Noise(random, modes * 12, 10);
            var (re, im) = (new float[model.FarFieldLength], new float[model.FarFieldLength]);
            model.Forward(image, k, re, im);
            for (var i = 0; i < re.Length; i++)
            {
                left += new Complex(re[i], -im[i]) * new Complex(test.Real[i], test.Imaginary[i]);
                forwardEnergy += re[i] * re[i] + im[i] * im[i];
            }

            testEnergy += Inner(test, test).Real;
            model.AddAdjoint(test.Real, test.Imaginary, k, back);
        }

        var right = Inner(image, back);
        Assert.That((left - right).Magnitude, Is.LessThan(1e-6 * Math.Sqrt(forwardEnergy * testEnergy)));
    }

    [Test]
    public void IlluminationIsTheDiagonalOfTheNormalOperator([ValueSource(nameof(Scans))] ScanPattern scan)
    {
        var random = new Random(2);
        var model = new FrameOperator(Probe.FromField(Noise(random, 12, 10)), scan, 25, 20);
        var image = Noise(random, 25, 20);
        var back = new ComplexField(25, 20);
        var (re, im) = (new float[120], new float[120]);
        for (var k = 0; k < scan.Count; k++)
        {
            model.Forward(image, k, re, im);
            model.AddAdjoint(re, im, k, back);
        }

        var weight = model.Illumination();
        for (var i = 0; i < image.Length; i++)
        {
            Assert.That(back.Real[i], Is.EqualTo(weight[i] * image.Real[i]).Within(2e-5));
            Assert.That(back.Imaginary[i], Is.EqualTo(weight[i] * image.Imaginary[i]).Within(2e-5));
        }
    }

    [Test]
    public void AFractionShiftsTheProbe()
    {
        // A probe of one plane wave: shifting it by d multiplies it, and so every far field, by a phase.
        var wave = new ComplexField(8, 8);
        for (var row = 0; row < 8; row++)
        for (var column = 0; column < 8; column++)
            wave[row, column] = Complex.FromPolarCoordinates(1, 2 * Math.PI * (2 * row - 3 * column) / 8.0);
        var scan = new ScanPattern([new(4, 4), new(4.25, 3.875)]);
        var model = new FrameOperator(Probe.FromField(wave), scan, 16, 16);
        var image = Noise(new Random(3), 16, 16);
        var (re, im) = (new float[64], new float[64]);
        var (shiftedRe, shiftedIm) = (new float[64], new float[64]);
        model.Forward(image, 0, re, im);
        model.Forward(image, 1, shiftedRe, shiftedIm);
        var phase = Complex.FromPolarCoordinates(1, -2 * Math.PI * (2 * 0.25 - 3 * -0.125) / 8);
        for (var i = 0; i < 64; i++)
        {
            var expected = phase * new Complex(re[i], im[i]);
            Assert.That((expected - new Complex(shiftedRe[i], shiftedIm[i])).Magnitude, Is.LessThan(2e-6));
        }
    }

    [Test]
    public void WrongShapesAreRefused()
    {
        var probe = SyntheticProbes.Gaussian(4, 4, 2);
        var scan = new ScanPattern([new(0, 0)]);
        var model = new FrameOperator(probe, scan, 8, 8);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => model.Forward(new ComplexField(8, 9), 0, new float[16], new float[16]),
                Throws.ArgumentException.With.Message.Contains("8×8")
            );
            Assert.That(
                () => model.Forward(new ComplexField(8, 8), 0, new float[15], new float[16]),
                Throws.ArgumentException
            );
            Assert.That(() => new FrameOperator(probe, scan.Shifted(8, 0), 8, 8), Throws.ArgumentException);
        });
    }

    private static ComplexField Noise(Random random, int height, int width)
    {
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        return field;
    }

    private static Complex Inner(ComplexField a, ComplexField b)
    {
        var sum = Complex.Zero;
        for (var i = 0; i < a.Length; i++)
            sum += new Complex(a.Real[i], -a.Imaginary[i]) * new Complex(b.Real[i], b.Imaginary[i]);
        return sum;
    }
}
