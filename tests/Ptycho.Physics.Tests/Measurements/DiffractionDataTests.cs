using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Measurements;

public class DiffractionDataTests
{
    [Test]
    public void AmplitudesFollowTheUnit()
    {
        float[] values = [4, 9, 16, 25];
        var intensity = new DiffractionData(values, 1, 2, 2, DiffractionUnit.Intensity, 100);
        var amplitude = new DiffractionData(values, 1, 2, 2, DiffractionUnit.Amplitude);
        var counts = new DiffractionData(values, 2, 1, 2, DiffractionUnit.Counts);
        Assert.Multiple(() =>
        {
            Assert.That(intensity.ToAmplitudes(), Is.EqualTo(new float[] { 2, 3, 4, 5 }));
            Assert.That(amplitude.ToAmplitudes(), Is.EqualTo(values));
            Assert.That(amplitude.ToAmplitudes(), Is.Not.SameAs(values));
            Assert.That(intensity.AmplitudeNoise, Is.EqualTo(0.05).Within(1e-15));
            Assert.That(amplitude.AmplitudeNoise, Is.Null);
            Assert.That(counts.AmplitudeNoise, Is.EqualTo(0.5));
        });
    }

    [TestCase(float.NaN)]
    [TestCase(-1f)]
    [TestCase(float.PositiveInfinity)]
    public void BadPixelsAreNamed(float bad)
    {
        var values = Enumerable.Repeat(1f, 3 * 4 * 5).ToArray();
        values[2 * 20 + 3 * 5 + 1] = bad;
        Assert.That(
            () => new DiffractionData(values, 3, 4, 5, DiffractionUnit.Intensity),
            Throws.ArgumentException.With.Message.Contains("Frame 2, row 3, column 1")
        );
    }

    [Test]
    public void MaskedPixelsAndFramesMayBeBad()
    {
        float[] values = [1, float.NaN, 4, -5, float.NaN, float.NaN];
        var mask = new DetectorMask([1, 0], [1, 1, 0]);
        var data = new DiffractionData(values, 3, 1, 2, DiffractionUnit.Intensity, mask: mask);
        Assert.That(data.ToAmplitudes(), Is.EqualTo(new float[] { 1, 0, 2, 0, 0, 0 }));
    }

    [Test]
    public void WrongShapesAndGainsAreRefused() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new DiffractionData(new float[7], 2, 2, 2, DiffractionUnit.Counts),
                Throws.ArgumentException.With.Message.Contains("8 values, not 7")
            );
            Assert.That(
                () => new DiffractionData([1], 1, 1, 1, DiffractionUnit.Counts, 2),
                Throws.ArgumentException.With.Message.Contains("one count")
            );
            Assert.That(
                () => new DiffractionData([1], 1, 1, 1, DiffractionUnit.Intensity, 0),
                Throws.ArgumentException
            );
            Assert.That(() => new DiffractionData([0], 1, 1, 1, DiffractionUnit.Counts), Throws.ArgumentException);
            Assert.That(
                () => new DiffractionData([], 0, 1, 1, DiffractionUnit.Counts),
                Throws.InstanceOf<ArgumentOutOfRangeException>()
            );
            Assert.That(
                () => new DiffractionData([1, 1], 1, 1, 2, DiffractionUnit.Counts, mask: new DetectorMask([1])),
                Throws.ArgumentException.With.Message.Contains("pixel weights")
            );
            Assert.That(
                () => new DiffractionData([1, 1], 2, 1, 1, DiffractionUnit.Counts, mask: new DetectorMask([1], [1])),
                Throws.ArgumentException.With.Message.Contains("frame weights")
            );
            Assert.That(() => new DetectorMask([0.5f, 1.5f]), Throws.ArgumentException);
            Assert.That(() => new DetectorMask([0, 0]), Throws.ArgumentException);
        });
}
