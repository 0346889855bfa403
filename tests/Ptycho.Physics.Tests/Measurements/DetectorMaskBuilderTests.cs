using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Measurements;

public class DetectorMaskBuilderTests
{
    [Test]
    public void ABeamstopLiesAboutTheZeroFrequency()
    {
        var mask = new DetectorMaskBuilder(6, 7).Beamstop(1).Build();
        var zeros = Enumerable.Range(0, 42).Where(i => mask.PixelWeights[i] == 0);
        // [0, 0], its right and lower neighbours, and those across the border of the memory.
        Assert.That(zeros, Is.EquivalentTo((int[])[0, 1, 6, 7, 35]));
    }

    [Test]
    public void ARectangleIsPlacedFromTheZeroFrequency()
    {
        var mask = new DetectorMaskBuilder(4, 4).Rectangle(-1, 0, 2, 1).Build();
        Assert.That(Enumerable.Range(0, 16).Where(i => mask.PixelWeights[i] == 0), Is.EquivalentTo((int[])[0, 12]));
    }

    [Test]
    public void DeadAndSaturatedPixelsAreFound()
    {
        // Two 5×5 frames of 10 counts; pixel 6 never counts, pixel 13 is full once; a dark corner is not dead.
        var frames = Enumerable.Repeat(10f, 50).ToArray();
        foreach (var start in (int[])[0, 25])
            frames[start + 6] = 0;
        frames[25 + 13] = 65535;
        var builder = new DetectorMaskBuilder(5, 5).Dead(frames).Saturated(frames, 65535);
        Assert.That(builder.Measured, Is.EqualTo(23));
        Assert.That(builder.Build().PixelWeights[6], Is.Zero);
        Assert.That(builder.Build().PixelWeights[13], Is.Zero);
    }

    [Test]
    public void DarkSurroundingsAreNotDead()
    {
        var frames = new float[64];
        frames[0] = 100;
        Assert.That(new DetectorMaskBuilder(8, 8).Dead(frames).Measured, Is.EqualTo(64));
    }

    [Test]
    public void InvalidValuesAndSinglePixelsGo()
    {
        var frames = new float[18];
        (frames[2], frames[9 + 4]) = (float.NaN, -1);
        var mask = new DetectorMaskBuilder(3, 3).Invalid(frames).Pixel(2, 2).Build();
        Assert.That(Enumerable.Range(0, 9).Where(i => mask.PixelWeights[i] == 0), Is.EquivalentTo((int[])[2, 4, 8]));
    }

    [Test]
    public void WhatDoesNotFitIsRefused() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new DetectorMaskBuilder(3, 3).Saturated(new float[10], 1),
                Throws.ArgumentException.With.Message.Contains("multiple of 9")
            );
            Assert.That(() => new DetectorMaskBuilder(3, 3).Beamstop(9).Build(), Throws.ArgumentException);
            Assert.That(
                () => new DetectorMaskBuilder(0, 3),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("height")
            );
        });

    [Test]
    public void NotANumberDoesNotHideSaturation()
    {
        float[] frames = [float.NaN, 1, 9, 1, 9, 1, float.NaN, 1];
        var mask = new DetectorMaskBuilder(2, 2).Saturated(frames, 8).Build();
        Assert.That(mask.PixelWeights, Is.EqualTo((float[])[0, 1, 0, 1]));
    }
}
