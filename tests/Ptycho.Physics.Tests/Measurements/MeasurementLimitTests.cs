using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Measurements;

/// <summary>Measurements, raw ones and backgrounds at their limits.</summary>
public class MeasurementLimitTests
{
    private static readonly Probe Probe = SyntheticProbes.Gaussian(4, 6, 2);

    [Test]
    public void WhatIsNotGivenIsNamed()
    {
        var (data, scan) = (MeasurementTests.Data(1), new ScanPattern([new(0, 0)]));
        var all = new Measurement(data, scan, Probe, 9, 9);
        Assert.That(() => new Measurement(null!, scan, Probe, 9, 9), Named<ArgumentNullException>("data"));
        Assert.That(() => new Measurement(data, null!, Probe, 9, 9), Named<ArgumentNullException>("positions"));
        Assert.That(() => new Measurement(data, scan, null!, 9, 9), Named<ArgumentNullException>("probe"));
        Assert.That(() => new Measurement(data, scan, Probe, 9, 0), Named<ArgumentOutOfRangeException>("objectWidth"));
        Assert.That(() => all.Select(null!), Named<ArgumentNullException>("frames"));
        Assert.That(() => all.Select([]), Throws.ArgumentException.With.Message.Contains("At least one frame"));
        Assert.That(() => all.Select([-1]), Throws.ArgumentException.With.Message.Contains("Frame -1"));
        Assert.That(() => BackgroundCorrection.Subtract(null!, 1), Named<ArgumentNullException>("data"));
        Assert.That(() => BackgroundCorrection.Mean([1], 0), Named<ArgumentOutOfRangeException>("pixels"));
        Assert.That(
            () => new DiffractionData([1], 1, 1, 1, (DiffractionUnit)9),
            Named<ArgumentOutOfRangeException>("unit").With.Message.Contains("counts, intensity or amplitude")
        );
    }

    [Test]
    public void AnObjectMayHaveAsManyPixelsAsAnArray()
    {
        var (data, scan) = (MeasurementTests.Data(1), new ScanPattern([new(0, 0)]));
        Assert.That(new Measurement(data, scan, Probe, 1, Array.MaxLength).ObjectWidth, Is.EqualTo(Array.MaxLength));
        Assert.That(
            () => new Measurement(data, scan, Probe, 1, Array.MaxLength + 1),
            Throws.ArgumentException.With.Message.Contains("larger than an array").And.Message.Contains("unit of the")
        );
    }

    [TestCase(2, 0, true)]
    [TestCase(3, 0, false)]
    [TestCase(3, 0.0009765625, false)]
    [TestCase(3, 0.001, true)]
    public void ThreePositionsOfOnePlaceAreNoScan(int count, double extent, bool allowed)
    {
        var scan = new ScanPattern(Enumerable.Range(0, count).Select(k => new ScanPosition(0, k == 1 ? extent : 0)));
        Assert.That(
            () => new Measurement(MeasurementTests.Data(count), scan, Probe, 9, 9),
            allowed ? Throws.Nothing : Throws.ArgumentException.With.Message.Contains("nothing was scanned")
        );
    }

    [Test]
    public void FramesAreAskedForByTheirIndex()
    {
        var data = new DiffractionData([1, 4, 9, 16, 25, 36], 3, 1, 2, DiffractionUnit.Counts);
        var (room, frame) = (new float[2], new float[2]);
        data.CopyAmplitudes(2, frame);
        Assert.That(frame, Is.EqualTo((float[])[5, 6]));
        foreach (var index in (int[])[-1, 3])
            Assert.That(() => data.CopyAmplitudes(index, room), Named<ArgumentOutOfRangeException>("frame"));
        Assert.That(() => data.CopyAmplitudes(0, new float[1]), Throws.ArgumentException);
        var tall = new DiffractionData([1, 4, 9, 16, 25, 36], 1, 3, 2, DiffractionUnit.Counts);
        Assert.That(tall.ToAmplitudes(), Is.EqualTo((float[])[1, 2, 3, 4, 5, 6]));
        var two = new DiffractionData([1, 4, 9, 16, 25, 36, 1, 4, 9, 16, 25, 36], 2, 3, 2, DiffractionUnit.Counts);
        Assert.That(two.ToAmplitudes()[6..], Is.EqualTo((float[])[1, 2, 3, 4, 5, 6]));
    }

    [TestCase(-1f)]
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void ADarkFrameThatIsNoneIsNamed(float bad)
    {
        Assert.That(
            () => BackgroundCorrection.Mean([0, 1, 2, 3, bad, 5], 2),
            Throws.ArgumentException.With.Message.Contains("Dark frame 2, pixel 0 is")
        );
        var data = new DiffractionData([5, 5], 1, 1, 2, DiffractionUnit.Counts);
        Assert.That(
            () => BackgroundCorrection.Subtract(data, 0, bad),
            Throws.ArgumentException.With.Message.Contains("has the value")
        );
        Assert.That(
            () => BackgroundCorrection.Mean([1, 2, 3], 2),
            Throws.ArgumentException.With.Message.Contains("not 3")
        );
        Assert.That(BackgroundCorrection.Subtract(data, 0, 5).Values, Is.EqualTo((float[])[5, 0]));
    }

    private static readonly TestCaseData[] Lacking =
    [
        new(Raw() with { Values = null! }, "null"),
        new(Raw() with { Positions = null! }, "null"),
        new(Raw() with { Probe = null! }, "null"),
        new(Raw() with { FrameCount = 0 }, "0 frames of 4×6"),
        new(Raw() with { Height = 0 }, "1 frames of 0×6"),
        new(Raw() with { Width = 0 }, "1 frames of 4×0"),
        new(
            Raw() with
            {
                Mask = new DetectorMask(
                    new float[24]
                        .Select(_ => 1f)
                        .ToArray(),
                    [1, 1]
                ),
            },
            "2 frame weights"
        ),
    ];

    [TestCaseSource(nameof(Lacking))]
    public void ARawMeasurementThatLacksSomethingIsRefused(RawMeasurement raw, string word) =>
        Assert.That(() => raw.Clean(), Throws.ArgumentException.With.Message.Contains(word));

    [Test]
    public void OneFrameOfOnePixelIsAMeasurement()
    {
        var raw = Raw() with
        {
            Values = [3],
            Height = 1,
            Width = 1,
            Probe = Probe.FromField(ComplexField.Constant(1, 1, 1)),
        };
        Assert.That(raw.Clean().Data.Values, Is.EqualTo((float[])[3]));
    }

    private static RawMeasurement Raw() =>
        new()
        {
            Values = [.. Enumerable.Repeat(1f, 24)],
            FrameCount = 1,
            Height = 4,
            Width = 6,
            Unit = DiffractionUnit.Counts,
            Positions = [new(0, 0)],
            Probe = Probe,
            ObjectShape = (9, 9),
        };

    private static NUnit.Framework.Constraints.EqualStringConstraint Named<T>(string parameter)
        where T : ArgumentException => Throws.InstanceOf<T>().With.Property("ParamName").EqualTo(parameter);
}
