using Ptycho.IO;
using Ptycho.Physics.FourierPtychography;

namespace Ptycho.Physics.Tests.FourierPtychography;

public class SpectrumGeometryTests
{
    private static readonly FourierPtychographyOptics Optics = SyntheticSmear.Optics;

    [TestCase(0, 0)]
    [TestCase(20, -11)]
    [TestCase(-3, 30)]
    public void LightFromADirectionSeesTheWaveThatItBrightens(int rows, int columns)
    {
        // An object that is one plane wave of (rows, columns) periods is a bright, even image under that direction.
        var size = SyntheticSmear.Size;
        var wave = new ComplexField(size, size);
        for (var y = 0; y < size; y++)
        for (var x = 0; x < size; x++)
            wave[y, x] = System.Numerics.Complex.FromPolarCoordinates(
                0.5,
                2 * Math.PI * (rows * y + columns * x) / size
            );
        var period = Optics.Wavelength / (32 * Optics.PixelSize);
        IlluminationDirection[] directions = [new(rows * period, columns * period)];
        var data = FourierPtychographySimulator.Simulate(wave, Optics, directions, 32, 32);
        // Four object pixels of amplitude ½ along each axis for an image pixel, by orthonormal transforms.
        Assert.That(data.Image(0).ToArray(), Has.All.EqualTo(2).Within(1e-4));
    }

    [Test]
    public void ThePupilIsADiskWithTheDefocusPhase()
    {
        var optics = Optics with { Defocus = 40e-6 };
        var pupil = new SpectrumGeometry(optics, [default], 32, 32, 128, 128).IdealPupil();
        // NA·field/λ = 9.37 pixels.
        Assert.That(pupil[16, 25].Magnitude, Is.EqualTo(1).Within(1e-6));
        Assert.That(pupil[16, 26].Magnitude, Is.Zero);
        Assert.That(pupil[22, 23].Magnitude, Is.EqualTo(1).Within(1e-6));
        Assert.That(pupil[23, 23].Magnitude, Is.Zero);
        // A wave at sine s travels z with k·cos: the phase falls behind the upright wave's by z·k·(1 − cos).
        var sine = 9 * optics.Wavelength / (32 * optics.PixelSize);
        var behind = 2 * Math.PI * optics.Defocus / optics.Wavelength * (1 - Math.Sqrt(1 - sine * sine));
        var phase = (pupil[16, 25] / pupil[16, 16]).Phase;
        Assert.That(Math.IEEERemainder(phase + behind, 2 * Math.PI), Is.Zero.Within(1e-4));
        Assert.That(behind, Is.GreaterThan(1));
    }

    [Test]
    public void TheSupportIsAPixelWider()
    {
        var support = new SpectrumGeometry(Optics, [default], 32, 32, 128, 128).PupilSupport(1.06);
        // 1.06·9.37 + 1 = 10.93 pixels.
        Assert.That(support[16 * 32 + 26], Is.EqualTo(1));
        Assert.That(support[16 * 32 + 27], Is.Zero);
    }

    [TestCase(4, 6)]
    [TestCase(5, 7)]
    public void LoadAndStoreAreInverse(int h, int w)
    {
        var random = new Random(1);
        var field = new ComplexField(9, 11);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle(), random.NextSingle());
        var (re, im) = (new float[h * w], new float[h * w]);
        CentredSpectrum.Load(field, 2, 3, re, im, h, w);
        Assert.That(re[0], Is.EqualTo(field[2 + h / 2, 3 + w / 2].Real), "the window's centre comes first");
        Assert.That(im[1], Is.EqualTo((float)field[2 + h / 2, 4 + w / 2].Imaginary));
        Assert.That(re[^1], Is.EqualTo((float)field[2 + h / 2 - 1, 3 + w / 2 - 1].Real));
        var copy = new ComplexField(9, 11);
        CentredSpectrum.Store(copy, 2, 3, re, im, h, w);
        for (var y = 0; y < 9; y++)
        for (var x = 0; x < 11; x++)
            Assert.That(copy[y, x], Is.EqualTo(y - 2 >= 0 && y - 2 < h && x - 3 >= 0 && x - 3 < w ? field[y, x] : 0));
    }
}
