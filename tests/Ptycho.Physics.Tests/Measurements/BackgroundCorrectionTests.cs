using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Measurements;

public class BackgroundCorrectionTests
{
    [Test]
    public void TheMeanOfDarkFramesIsTakenAway()
    {
        var background = BackgroundCorrection.Mean([1, 2, 3, 6], 2);
        Assert.That(background, Is.EqualTo((float[])[2, 4]));
        var data = new DiffractionData([5, 5, 1, 9], 2, 1, 2, DiffractionUnit.Counts);
        var found = BackgroundCorrection.Subtract(data, background);
        Assert.That(found.Values, Is.EqualTo((float[])[3, 1, 0, 5]));
        Assert.That(found.CountsPerUnit, Is.EqualTo(1));
        Assert.That(data.Values[0], Is.EqualTo(5), "the data are left alone");
    }

    [Test]
    public void OneNumberServesAllPixels()
    {
        var mask = new DetectorMask([0, 1]);
        var data = new DiffractionData([float.NaN, 3], 1, 1, 2, DiffractionUnit.Intensity, 7, mask);
        var found = BackgroundCorrection.Subtract(data, 1);
        Assert.That(found.Values[1], Is.EqualTo(2));
        Assert.That(found.Mask, Is.SameAs(mask));
        Assert.That(found.CountsPerUnit, Is.EqualTo(7));
    }

    [Test]
    public void WhatCannotBeSubtractedIsRefused()
    {
        var data = new DiffractionData([5, 5], 1, 1, 2, DiffractionUnit.Counts);
        var amplitudes = new DiffractionData([5, 5], 1, 1, 2, DiffractionUnit.Amplitude);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => BackgroundCorrection.Subtract(amplitudes, 1),
                Throws.ArgumentException.With.Message.Contains("amplitudes")
            );
            Assert.That(
                () => BackgroundCorrection.Subtract(data, 1, 2, 3),
                Throws.ArgumentException.With.Message.Contains("3 values")
            );
            Assert.That(() => BackgroundCorrection.Subtract(data, -1), Throws.ArgumentException);
            Assert.That(() => BackgroundCorrection.Mean([1, 2, 3], 2), Throws.ArgumentException);
        });
    }
}
