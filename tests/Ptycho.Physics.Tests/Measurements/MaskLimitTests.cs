using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Measurements;

/// <summary>Masks at their limits.</summary>
public class MaskLimitTests
{
    [Test]
    public void WeightsAreFromZeroToOne()
    {
        Assert.That(new DetectorMask([0, 1, 0.5f]).PixelWeights, Is.EqualTo((float[])[0, 1, 0.5f]));
        foreach (var bad in (float[])[-float.Epsilon, MathF.BitIncrement(1), float.NaN])
        {
            Assert.That(() => new DetectorMask([1, bad]), Throws.ArgumentException.With.Message.Contains("Weight 1"));
            Assert.That(
                () => new DetectorMask([1], [1, 1, bad]),
                Throws
                    .ArgumentException.With.Message.Contains("Weight 2")
                    .And.Property("ParamName")
                    .EqualTo("frameWeights")
            );
        }

        Assert.That(() => new DetectorMask([1], [0, 0]), Throws.ArgumentException.With.Message.Contains("nothing"));
    }

    [Test]
    public void FramesWeighOneWhereNothingIsSaid()
    {
        Assert.That(new DetectorMask([1]).FrameWeight(3), Is.EqualTo(1));
        Assert.That(new DetectorMask([1], [0.5f, 0.25f]).FrameWeight(1), Is.EqualTo(0.25f));
    }

    [Test]
    public void TheMaskKeepsACopy()
    {
        float[] frames = [1, 0.5f];
        float[] pixels = [1, 1];
        var mask = new DetectorMask(pixels, frames);
        (frames[1], pixels[1]) = (0, 0);
        Assert.That(mask.FrameWeight(1), Is.EqualTo(0.5f));
        Assert.That(mask.PixelWeights[1], Is.EqualTo(1));
    }

    [TestCase(0, 1)]
    [TestCase(1, 5)]
    [TestCase(1.4, 5)]
    [TestCase(1.5, 9)]
    public void ABeamstopTakesPixelsWhoseMiddleLiesWithin(double radius, int gone) =>
        Assert.That(new DetectorMaskBuilder(7, 8).Beamstop(radius).Measured, Is.EqualTo(56 - gone));

    [Test]
    public void ABeamstopHasARadius() =>
        Assert.That(
            () => new DetectorMaskBuilder(7, 8).Beamstop(-1e-9),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("radius")
        );

    [TestCase(0, 3, new int[0])]
    [TestCase(3, 0, new int[0])]
    [TestCase(1, 2, new[] { 7, 4 })]
    [TestCase(2, 1, new[] { 7, 11 })]
    public void ARectangleHasItsFirstPixelAndNotTheOneAfterItsLast(int rows, int columns, int[] gone)
    {
        // 5×4 pixels; the rectangle begins one row below and one column left of the zero frequency.
        var mask = new DetectorMaskBuilder(5, 4).Rectangle(1, -1, rows, columns).Build();
        Assert.That(Enumerable.Range(0, 20).Where(i => mask.PixelWeights[i] == 0), Is.EquivalentTo(gone));
    }

    [TestCase(-1, 1, "rows")]
    [TestCase(1, -1, "columns")]
    public void ARectangleHasNoNegativeSide(int rows, int columns, string name) =>
        Assert.That(
            () => new DetectorMaskBuilder(5, 4).Rectangle(0, 0, rows, columns),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name)
        );

    [TestCase(-1, 0, "row")]
    [TestCase(3, 0, "row")]
    [TestCase(0, -1, "column")]
    [TestCase(0, 4, "column")]
    public void APixelLiesWithinTheFrame(int row, int column, string name) =>
        Assert.That(
            () => new DetectorMaskBuilder(3, 4).Pixel(row, column),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name)
        );

    [Test]
    public void TheCornersArePixelsToo() =>
        Assert.That(new DetectorMaskBuilder(3, 4).Pixel(0, 0).Pixel(2, 3).Measured, Is.EqualTo(10));

    [TestCase(5.0, 1)]
    [TestCase(5.01, 0)]
    public void APixelIsDeadWhereItsNeighboursCountTheLevelItself(double level, int dead)
    {
        // Two frames; the neighbours count 5 each time, so that their median is the level.
        var frames = Enumerable.Repeat(5f, 50).ToArray();
        (frames[12], frames[37]) = (0, 0);
        Assert.That(25 - new DetectorMaskBuilder(5, 5).Dead(frames, level).Measured, Is.EqualTo(dead));
    }

    [Test]
    public void APixelThatCountsOnceIsNotDead()
    {
        var frames = Enumerable.Repeat(5f, 50).ToArray();
        (frames[12], frames[37]) = (0, 1);
        Assert.That(new DetectorMaskBuilder(5, 5).Dead(frames).Measured, Is.EqualTo(25));
    }

    [Test]
    public void TheMedianIsOfNeighboursThatAreMeasured()
    {
        // Four of the eight neighbours of [2, 2] are dark, three of them masked: five are left, of which four count.
        float[] frame = [9, 9, 9, 9, 9, 9, 0, 0, 0, 9, 9, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9];
        var bare = new DetectorMaskBuilder(5, 5).Dead(frame, 9);
        var masked = new DetectorMaskBuilder(5, 5).Pixel(1, 1).Pixel(1, 2).Pixel(1, 3).Dead(frame, 9);
        Assert.That(masked.Build().PixelWeights[12], Is.Zero);
        Assert.That(bare.Build().PixelWeights[12], Is.Zero, "the upper of the two middle ones");
        frame[13] = 0;
        Assert.That(new DetectorMaskBuilder(5, 5).Dead(frame, 9).Build().PixelWeights[12], Is.EqualTo(1));
        masked = new DetectorMaskBuilder(5, 5).Pixel(1, 1).Pixel(1, 2).Pixel(1, 3).Dead(frame, 9);
        Assert.That(masked.Build().PixelWeights[12], Is.Zero, "of five that are measured three count");
    }

    [Test]
    public void NeighboursGoOnAcrossTheBorder()
    {
        // The zero frequency's neighbours lie in all four corners of the memory.
        var frame = new float[36];
        foreach (var i in (int[])[1, 5, 6, 7, 11, 30, 31, 35])
            frame[i] = 4;
        Assert.That(new DetectorMaskBuilder(6, 6).Dead(frame, 4).Build().PixelWeights[0], Is.Zero);
        frame[35] = frame[31] = frame[11] = frame[1] = 0;
        Assert.That(new DetectorMaskBuilder(6, 6).Dead(frame, 4).Build().PixelWeights[0], Is.Zero);
        frame[5] = 0;
        Assert.That(new DetectorMaskBuilder(6, 6).Dead(frame, 4).Build().PixelWeights[0], Is.EqualTo(1));
    }

    [Test]
    public void ALonelyPixelIsNotDead() =>
        Assert.That(new DetectorMaskBuilder(1, 1).Dead([0, 0]).Measured, Is.EqualTo(1));

    [Test]
    public void FullIsTheLevelItself()
    {
        var mask = new DetectorMaskBuilder(1, 3).Saturated([7, 8, 9, 1, 1, 1], 8).Build();
        Assert.That(mask.PixelWeights, Is.EqualTo((float[])[1, 0, 0]));
    }

    [TestCase(0)]
    [TestCase(double.NaN)]
    public void LevelsArePositive(double level)
    {
        var builder = new DetectorMaskBuilder(1, 3);
        Assert.That(() => builder.Saturated(new float[3], level), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => builder.Dead(new float[3], level), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ZeroIsValidAndInfinityIsNot()
    {
        var mask = new DetectorMaskBuilder(1, 3).Invalid([0, 1, float.PositiveInfinity]).Build([0.5f]);
        Assert.That(mask.PixelWeights, Is.EqualTo((float[])[1, 1, 0]));
        Assert.That(mask.FrameWeight(0), Is.EqualTo(0.5f));
    }

    [Test]
    public void FramesThatAreNoneAreRefused()
    {
        var builder = new DetectorMaskBuilder(1, 3);
        Assert.That(() => builder.Invalid([]), Throws.ArgumentException.With.Message.Contains("not 0"));
        Assert.That(() => builder.Dead(new float[4]), Throws.ArgumentException.With.Message.Contains("not 4"));
    }
}
