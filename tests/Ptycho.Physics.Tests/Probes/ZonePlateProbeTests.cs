using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;

namespace Ptycho.Physics.Tests.Probes;

public class ZonePlateProbeTests
{
    // 8.8 keV, 160 µm zone plate of 70 nm zones.
    private static readonly ZonePlateOptions Optics = new()
    {
        Energy = 8.8e3 * 1.602176634e-19,
        OutermostZoneWidth = 70e-9,
        Diameter = 160e-6,
        PixelSize = 20e-9,
    };

    [Test]
    public void LensFiguresFollowFromTheOptics()
    {
        Assert.That(Optics.Wavelength, Is.EqualTo(1.4089e-10).Within(1e-14));
        Assert.That(Optics.FocalLength, Is.EqualTo(0.07949).Within(1e-5));
    }

    [Test]
    public void TheFocusIsAnAiryDisk()
    {
        // First zero of the Airy pattern at 1.22 Δr (1.22·λf/D); at half of it the amplitude is 2J₁(x)/x, x = 1.9159.
        const int size = 256;
        var optics = Optics with { PixelSize = 1.22 * 70e-9 / 8 };
        var probe = ZonePlateProbe.Create(size + 1, optics).Modes[0];
        var peak = probe[128, 128].Magnitude;
        Assert.That(peak, Is.EqualTo(1).Within(1e-6));
        Assert.That(probe[128, 136].Magnitude, Is.LessThan(0.01));
        Assert.That(probe[132, 128].Magnitude, Is.EqualTo(2 * 0.58115 / 1.9159).Within(0.01));
        Assert.That(probe[124, 128].Magnitude, Is.EqualTo(probe[132, 128].Magnitude).Within(1e-5));
    }

    [Test]
    public void DefocusIsPropagation()
    {
        var focus = ZonePlateProbe.Create(128, Optics with { CentralStop = 60e-6 }).Modes[0];
        var moved = ZonePlateProbe.Create(128, Optics with { CentralStop = 60e-6, Defocus = 2e-4 }).Modes[0];
        var expected = FieldPropagator.Fresnel(focus, Optics.Wavelength, Optics.PixelSize, 2e-4);
        var largest = Enumerable.Range(0, 128 * 128).Max(i => double.Hypot(expected.Real[i], expected.Imaginary[i]));
        Assert.That(moved.Real.Select(x => x * largest), Is.EqualTo(expected.Real).AsCollection.Within(1e-4));
        Assert.That(moved.Imaginary.Select(x => x * largest), Is.EqualTo(expected.Imaginary).AsCollection.Within(1e-4));
        Assert.That(largest, Is.LessThan(0.8));
    }

    [Test]
    public void ImpossibleOpticsAreRefused() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => ZonePlateProbe.Create(64, Optics with { CentralStop = 160e-6 }),
                Throws.ArgumentException.With.Message.Contains("central stop")
            );
            Assert.That(
                () => ZonePlateProbe.Create(64, Optics with { PixelSize = 100e-9 }),
                Throws.ArgumentException.With.Message.Contains("zone width")
            );
            Assert.That(
                () => ZonePlateProbe.Create(64, Optics with { Defocus = -1e-3 }),
                Throws.ArgumentException.With.Message.Contains("wrap")
            );
            Assert.That(() => Optics with { Energy = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
}
