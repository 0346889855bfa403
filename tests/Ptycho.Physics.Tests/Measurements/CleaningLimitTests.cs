using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Measurements;

/// <summary>Cleaning at its limits: shares that are just reached, values just at saturation, masks, names.</summary>
public class CleaningLimitTests
{
    private const int Frames = 20;
    private const int Size = 6;

    [TestCase(1, false)]
    [TestCase(2, true)]
    public void APixelIsMaskedWhereMoreThanTheShareOfFramesIsBad(int bad, bool masked)
    {
        var raw = Raw();
        for (var k = 0; k < bad; k++)
            raw.Values[k * Size + 4] = float.NaN;
        var cleaned = raw.Clean(new CleaningOptions { MaskedPixelShare = 0.05 });
        Assert.That(cleaned.Data.Mask?.PixelWeights[4], masked ? Is.Zero : Is.Null);
        Assert.That(cleaned.Dropped, Has.Count.EqualTo(masked ? 0 : bad));
    }

    [TestCase(0.0, 0)]
    [TestCase(1.0, 20)]
    public void AShareOfZeroMasksEveryBadPixelAndOneNone(double share, int dropped)
    {
        var raw = Raw();
        for (var k = 0; k < (share > 0 ? Frames : 1); k++)
            raw.Values[k * Size] = -1;
        var options = new CleaningOptions { MaskedPixelShare = share, LargestDroppedShare = 1 };
        if (dropped == Frames)
            Assert.That(() => raw.Clean(options), Throws.ArgumentException.With.Message.Contains("20 of 20 frames"));
        else
            Assert.That(raw.Clean(options).Dropped, Is.Empty);
    }

    [Test]
    public void FramesOfWeightZeroDoNotCount()
    {
        // One bad frame of ten measured is more than a twentieth, of twenty it is not.
        var raw = Raw() with
        {
            Mask = new DetectorMask(Ones(Size), [.. Enumerable.Range(0, Frames).Select(k => k % 2f)]),
        };
        raw.Values[1 * Size + 2] = float.NaN;
        raw.Values[2 * Size + 3] = float.NaN;
        var mask = raw.Clean().Data.Mask!;
        Assert.That(mask.PixelWeights, Is.EqualTo((float[])[1, 1, 0, 1, 1, 1]));
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public void AsManyFramesAsTheShareMayBeDropped(int bad, bool allowed)
    {
        var raw = Raw();
        for (var k = 0; k < bad; k++)
            raw.Values[k * Size + k] = float.NaN;
        Assert.That(() => raw.Clean(), allowed ? Throws.Nothing : Throws.ArgumentException);
    }

    [Test]
    public void APixelIsFullAtTheLevelItself()
    {
        var raw = Raw();
        raw.Values[3 * Size + 1] = 4095;
        Assert.That(raw.Clean(new() { Saturation = 4095.5 }).Dropped, Is.Empty);
        var (frame, reason) = raw.Clean(new() { Saturation = 4095 }).Dropped.Single();
        Assert.That(frame, Is.EqualTo(3));
        Assert.That(reason, Is.EqualTo("1 of its pixels are bad, the first at row 0, column 1 (4095, saturated)"));
    }

    [Test]
    public void TheFirstBadPixelOfSeveralIsNamed()
    {
        var raw = Raw();
        raw.Values[7 * Size + 2] = float.NaN;
        raw.Values[7 * Size + 5] = -2;
        Assert.That(
            raw.Clean().Dropped.Single().Reason,
            Is.EqualTo("2 of its pixels are bad, the first at row 0, column 2 (NaN)")
        );
        raw.Values[7 * Size] = -1;
        Assert.That(
            raw.Clean().Dropped.Single().Reason,
            Does.StartWith("3 of its pixels are bad, the first at row 0, column 0")
        );
    }

    [TestCase(5, false)]
    [TestCase(6, true)]
    public void FiveFramesAreNamedAndNoMore(int bad, bool more)
    {
        var raw = Raw();
        for (var k = 0; k < bad; k++)
            raw.Values[k * Size + k % 6] = float.NaN;
        Assert.That(
            () => raw.Clean(new() { MaskedPixelShare = 1 }),
            Throws
                .ArgumentException.With.Message.Contains("frame 4:")
                .And.Message.Not.Contains("frame 5:")
                .And.Message.Contains(more ? "; …" : "(NaN).")
        );
    }

    [Test]
    public void LightOnMaskedPixelsAloneIsNone()
    {
        var raw = Raw() with { Mask = new DetectorMask([0, 1, 1, 1, 1, 0.5f]) };
        Array.Clear(raw.Values, 4 * Size, 2 * Size);
        raw.Values[4 * Size] = 9;
        raw.Values[5 * Size + 5] = 9;
        Assert.That(raw.Clean(new() { DropEmpty = true }).Dropped.Select(d => d.Frame), Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public void LightOnPixelsThatAreMaskedNowIsNoneEither()
    {
        var raw = Raw();
        for (var k = 0; k < 4; k++)
            raw.Values[k * Size + 1] = float.PositiveInfinity;
        Array.Clear(raw.Values, 2 * Size, Size);
        raw.Values[2 * Size + 1] = float.PositiveInfinity;
        Assert.That(raw.Clean(new() { DropEmpty = true }).Dropped.Select(d => d.Frame), Is.EqualTo(new[] { 2 }));
    }

    [TestCase(double.NaN, 0)]
    [TestCase(0, double.PositiveInfinity)]
    public void EitherCoordinateMayBeBad(double row, double column)
    {
        var raw = Raw();
        var positions = raw.Positions.ToArray();
        positions[3] = new ScanPosition(row, column);
        var (frame, reason) = (raw with { Positions = positions }).Clean().Dropped.Single();
        Assert.That(frame, Is.EqualTo(3));
        Assert.That(reason, Does.StartWith("its position is (row"));
    }

    [Test]
    public void OfSeveralReasonsTheFirstIsGiven()
    {
        // Frame 2: a bad position and a bad pixel; 3: a bad pixel, no light; 5: no light, at the place of frame 4.
        var raw = Raw();
        raw.Values[2 * Size + 1] = float.NaN;
        Array.Clear(raw.Values, 3 * Size, Size);
        raw.Values[3 * Size + 2] = -1;
        Array.Clear(raw.Values, 5 * Size, Size);
        var positions = raw.Positions.ToArray();
        (positions[2], positions[5]) = (new ScanPosition(double.NaN, 0), positions[4]);
        var options = new CleaningOptions
        {
            DropEmpty = true,
            DropDuplicates = true,
            LargestDroppedShare = 1,
        };
        var reasons = (raw with { Positions = positions }).Clean(options).Dropped.Select(d => d.Reason).ToArray();
        Assert.That(reasons, Has.Length.EqualTo(3));
        Assert.That(reasons[0], Does.StartWith("its position is"));
        Assert.That(reasons[1], Does.StartWith("1 of its pixels"));
        Assert.That(reasons[2], Is.EqualTo("it holds no light"));
        positions[2] = new ScanPosition(0, 4);
        raw.Values[5 * Size] = 1;
        raw.Values[3 * Size + 2] = 1;
        raw.Values[2 * Size + 1] = 1;
        var last = (raw with { Positions = positions }).Clean(options).Dropped.Single().Reason;
        Assert.That(last, Is.EqualTo("it lies exactly where an earlier frame does"));
    }

    [Test]
    public void AFarPositionIsTold()
    {
        var raw = Raw() with { ObjectShape = null };
        var positions = raw.Positions.ToArray();
        positions[6] = new ScanPosition(0, 1e9);
        var reason = (raw with { Positions = positions }).Clean().Dropped.Single().Reason;
        Assert.That(reason, Is.EqualTo("its position (row 0, column 1000000000) is far from all others"));
    }

    [Test]
    public void EveryPixelThatIsBadInManyFramesIsMaskedAndOthersKeepTheirWeights()
    {
        var raw = Raw() with { Mask = new DetectorMask([1, 0.5f, 1, 1, 0, 1]) };
        for (var k = 0; k < 4; k++)
            raw.Values[k * Size] = raw.Values[k * Size + 3] = float.NaN;
        Assert.That(raw.Clean().Data.Mask!.PixelWeights, Is.EqualTo((float[])[0, 0.5f, 1, 0, 0, 1]));
    }

    [Test]
    public void ARepeatedPositionIsDroppedOnlyOnceItWasSeen()
    {
        var raw = Raw();
        var positions = raw.Positions.ToArray();
        (positions[1], positions[2]) = (positions[0], positions[0]);
        var dropped = (raw with { Positions = positions }).Clean(new() { DropDuplicates = true }).Dropped;
        Assert.That(dropped.Select(d => d.Frame), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void MaskAndFrameWeightsOfTheRestStay()
    {
        float[] frames = [.. Enumerable.Range(1, Frames).Select(k => k / 20f)];
        var raw = Raw() with { Mask = new DetectorMask([1, 0.5f, 1, 1, 1, 1], frames) };
        raw.Values[0] = float.NaN;
        var cleaned = raw.Clean();
        Assert.That(cleaned.Data.Mask!.FrameWeights!.Value, Is.EqualTo(frames[1..]));
        Assert.That(cleaned.Data.Mask.PixelWeights[1], Is.EqualTo(0.5f));
        Assert.That(cleaned.Data.Values, Is.EqualTo(raw.Values[Size..]));
    }

    [Test]
    public void NothingButZerosIsNoScan() =>
        Assert.That(
            () => (Raw() with { Height = 0 }).Clean(),
            Throws.ArgumentException.With.Message.Contains("20 frames of 0×3")
        );

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static RawMeasurement Raw() =>
        new()
        {
            Values = [.. Enumerable.Range(0, Frames * Size).Select(i => 1f + i % 7)],
            FrameCount = Frames,
            Height = 2,
            Width = 3,
            Unit = DiffractionUnit.Counts,
            Positions = [.. Enumerable.Range(0, Frames).Select(k => new ScanPosition(k / 5 * 2, k % 5 * 2))],
            Probe = SyntheticProbes.Gaussian(2, 3, 2),
            ObjectShape = (9, 12),
        };
}
