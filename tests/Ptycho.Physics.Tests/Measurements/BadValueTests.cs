using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Measurements;

/// <summary>Values at the limits of what a detector measures, and just beyond them.</summary>
public class BadValueTests
{
    [TestCase(254f, false)]
    [TestCase(255f, true)]
    [TestCase(256f, false)]
    [TestCase(511f, true)]
    [TestCase(511.5f, false)]
    [TestCase(65535f, true)]
    [TestCase(16777215f, true)]
    [TestCase(16777216f, false)]
    [TestCase(127f, false)]
    public void FullAreCountersOfEightToTwentyFourBits(float value, bool full) =>
        Assert.That(BadValues.IsFull(value), Is.EqualTo(full));

    [TestCase(0f, DiffractionUnit.Counts)]
    [TestCase(1e30f, DiffractionUnit.Intensity)]
    [TestCase(1e15f, DiffractionUnit.Amplitude)]
    [TestCase(BadValues.Mark, DiffractionUnit.Amplitude)]
    public void TheLimitItselfIsAllowed(float value, DiffractionUnit unit)
    {
        Assert.That(BadValues.Problem(value, unit), Is.Null);
        Assert.That(() => Data(value, unit), Throws.Nothing);
    }

    [TestCase(float.NaN, DiffractionUnit.Counts, "NaN")]
    [TestCase(-float.Epsilon, DiffractionUnit.Counts, "-1E-45")]
    [TestCase(float.PositiveInfinity, DiffractionUnit.Amplitude, "Infinity")]
    [TestCase(BadValues.Mark, DiffractionUnit.Counts, "mark of a bad pixel")]
    [TestCase(BadValues.Mark, DiffractionUnit.Intensity, "mark of a bad pixel")]
    [TestCase(1.0000001e30f, DiffractionUnit.Intensity, "too large")]
    [TestCase(1.0000001e15f, DiffractionUnit.Amplitude, "too large")]
    public void BeyondItIsRefused(float value, DiffractionUnit unit, string word)
    {
        Assert.That(BadValues.Problem(value, unit), Does.Contain(word));
        Assert.That(
            () => Data(value, unit),
            Throws.ArgumentException.With.Message.Contains("Frame 0, row 0, column 1").And.Message.Contains(word)
        );
    }

    /// <summary>Of sixteen pixels and more half may be full, of fewer all; masked ones and frames do not count.</summary>
    [TestCase(16, 8, 16, 1f, false)]
    [TestCase(16, 9, 16, 1f, true)]
    [TestCase(15, 15, 15, 1f, false)]
    [TestCase(20, 9, 16, 1f, true)]
    [TestCase(20, 8, 16, 1f, false)]
    [TestCase(20, 20, 16, 0f, false)]
    public void ASaturatedFrameIsRefused(int pixels, int full, int measured, float frameWeight, bool refused)
    {
        // The second frame is the one, and masked pixels are full, too.
        var values = Enumerable.Repeat(1f, 2 * pixels).ToArray();
        values.AsSpan(pixels, full).Fill(255);
        values.AsSpan(pixels + measured).Fill(255);
        values[0] = 255;
        float[] weights = [.. Enumerable.Range(0, pixels).Select(i => i < measured ? 0.5f : 0)];
        var mask = new DetectorMask(weights, [1, frameWeight]);
        Assert.That(
            () => new DiffractionData(values, 2, 1, pixels, DiffractionUnit.Counts, mask: mask),
            refused ? Throws.ArgumentException.With.Message.Contains("Frame 1") : Throws.Nothing
        );
    }

    [Test]
    public void AmplitudesHaveNoFullCounter() =>
        Assert.That(
            () => new DiffractionData([.. Enumerable.Repeat(255f, 16)], 1, 4, 4, DiffractionUnit.Amplitude),
            Throws.Nothing
        );

    private static DiffractionData Data(float value, DiffractionUnit unit) => new([1, value], 1, 1, 2, unit);
}
