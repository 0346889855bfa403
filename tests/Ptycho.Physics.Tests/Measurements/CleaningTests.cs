using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Measurements;

public class CleaningTests
{
    private const int Frames = 40;
    private const int Size = 24;

    [Test]
    public void GoodDataStayAsTheyAre()
    {
        var raw = Raw();
        var measurement = raw.Clean();
        Assert.That(measurement.Data.Values, Is.SameAs(raw.Values));
        Assert.That(measurement.Dropped, Is.Empty);
        Assert.That(measurement.Data.Mask, Is.Null);
    }

    [TestCase(float.NaN, "NaN")]
    [TestCase(-3f, "-3")]
    [TestCase(4294967296f, "mark")]
    public void AFrameWithABadPixelIsDroppedAndNamed(float bad, string word)
    {
        var raw = Raw();
        raw.Values[7 * Size + 8] = bad;
        Assert.That(
            () => new DiffractionData(raw.Values, Frames, 4, 6, raw.Unit),
            Throws.ArgumentException.With.Message.Contains("Frame 7, row 1, column 2")
        );
        var measurement = raw.Clean();
        Assert.That(measurement.Data.FrameCount, Is.EqualTo(Frames - 1));
        Assert.That(measurement.Positions[7], Is.EqualTo(raw.Positions[8]));
        Assert.That(measurement.Data.Values[7 * Size], Is.EqualTo(raw.Values[8 * Size]));
        Assert.That(measurement.Data.Mask, Is.Null);
        var (frame, reason) = measurement.Dropped.Single();
        Assert.That(frame, Is.EqualTo(7));
        Assert.That(reason, Does.Contain(word).And.Contain("row 1, column 2"));
        Assert.That(measurement.Select([0, 1]).Dropped, Is.EqualTo(measurement.Dropped));
    }

    [Test]
    public void APixelThatIsBadInManyFramesIsMaskedAndNoFrameLost()
    {
        var raw = Raw();
        for (var k = 0; k < Frames; k += 4)
            raw.Values[k * Size + 5] = float.NaN;
        var measurement = raw.Clean();
        Assert.That(measurement.Dropped, Is.Empty);
        Assert.That(measurement.Data.Mask!.PixelWeights.IndexOf(0), Is.EqualTo(5));
        Assert.That(measurement.Data.Mask.PixelWeights.Count(w => w == 1), Is.EqualTo(Size - 1));
    }

    [Test]
    public void BadPositionsAndWindowsOutsideLoseTheirFrames()
    {
        var raw = Raw();
        var positions = raw.Positions.ToArray();
        positions[3] = new ScanPosition(double.NaN, 0);
        positions[9] = new ScanPosition(500, 0);
        var measurement = (raw with { Positions = positions }).Clean();
        Assert.That(measurement.Dropped.Select(d => d.Frame), Is.EqualTo(new[] { 3, 9 }));
        Assert.That(measurement.Dropped[1].Reason, Does.Contain("outside"));
    }

    [Test]
    public void AFarPositionIsDroppedBeforeTheObjectIsFitted()
    {
        var raw = Raw();
        var positions = raw.Positions.ToArray();
        positions[11] = new ScanPosition(0, 1e12);
        var measurement = (raw with { Positions = positions, ObjectShape = null }).Clean();
        Assert.That(measurement.Dropped.Single().Frame, Is.EqualTo(11));
        Assert.That(measurement.ObjectWidth, Is.LessThan(40));
    }

    [Test]
    public void SaturatedEmptyAndRepeatedFramesGoWhereAsked()
    {
        var raw = Raw();
        raw.Values[2 * Size + 1] = 5000;
        Array.Clear(raw.Values, 4 * Size, Size);
        var positions = raw.Positions.ToArray();
        positions[6] = positions[5];
        raw = raw with { Positions = positions };
        Assert.That(raw.Clean().Dropped, Is.Empty, "all this may be right");
        var options = new CleaningOptions
        {
            Saturation = 4095,
            DropEmpty = true,
            DropDuplicates = true,
        };
        var dropped = raw.Clean(options).Dropped;
        Assert.That(dropped.Select(d => d.Frame), Is.EqualTo(new[] { 2, 4, 6 }));
        Assert.That(dropped[0].Reason, Does.Contain("saturated"));
    }

    [Test]
    public void MoreThanAFewBadFramesAreRefusedWithTheirNames()
    {
        var raw = Raw();
        for (var k = 0; k < 6; k++)
            raw.Values[k * Size + k] = float.NaN;
        Assert.That(
            () => raw.Clean(),
            Throws.ArgumentException.With.Message.Contains("6 of 40 frames are bad").And.Message.Contains("frame 0:")
        );
        Assert.That(raw.Clean(new() { LargestDroppedShare = 0.2 }).Dropped, Has.Count.EqualTo(6));
    }

    [Test]
    public void MaskedPixelsAndFramesMayBeAnything()
    {
        var raw = Raw();
        var pixels = Enumerable.Repeat(1f, Size).ToArray();
        pixels[0] = 0;
        var frames = Enumerable.Repeat(1f, Frames).ToArray();
        frames[1] = 0;
        Array.Fill(raw.Values, float.NaN, Size, Size);
        raw.Values[5 * Size] = -1;
        raw.Values[9 * Size + 1] = -1;
        var measurement = (raw with { Mask = new DetectorMask(pixels, frames) }).Clean();
        Assert.That(measurement.Dropped.Single().Frame, Is.EqualTo(9));
        Assert.That(measurement.Data.Mask!.FrameWeights!.Value, Has.Length.EqualTo(Frames - 1));
        Assert.That(measurement.Data.Mask.FrameWeight(1), Is.Zero);
    }

    private static readonly TestCaseData[] Disagreeing =
    [
        new(Raw() with { FrameCount = 0 }, "0 frames"),
        new(Raw() with { FrameCount = 39 }, "do not have 960 values"),
        new(Raw() with { Positions = [new(0, 0)] }, "40 frames but 1 positions"),
        new(Raw() with { Mask = new DetectorMask([1]) }, "1 pixel weights"),
        new(Raw() with { Probe = null! }, "null"),
    ];

    [TestCaseSource(nameof(Disagreeing))]
    public void PartsThatDisagreeAreRefused(RawMeasurement raw, string word) =>
        Assert.That(() => raw.Clean(), Throws.ArgumentException.With.Message.Contains(word));

    [Test]
    public void FilesAreCleanedOnReadingIfAsked()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ptycho-{Guid.NewGuid():N}.npz");
        try
        {
            var raw = Raw();
            raw.Values[7 * Size + 8] = float.NaN;
            var positions = raw.Positions.SelectMany(p => new[] { p.Row, p.Column }).ToArray();
            float[] probe = [.. Enumerable.Repeat(1f, 2 * Size)];
            var arrays = new Dictionary<string, NumericArray>
            {
                ["counts"] = NumericArray.Create<float>(raw.Values, Frames, 4, 6),
                ["positions"] = NumericArray.Create<double>(positions, Frames, 2),
                ["probe"] = NumericArray.CreateComplex64(probe, 4, 6),
                ["object_shape"] = NumericArray.Create<int>([16, 30], 2),
            };
            NpzFile.Write(path, arrays, false);
            Assert.That(
                () => MeasurementFile.Read(path),
                Throws.InstanceOf<InvalidDataException>().With.Message.Contains("Frame 7")
            );
            Assert.That(MeasurementFile.Read(path, new CleaningOptions()).Dropped.Single().Frame, Is.EqualTo(7));

            arrays["data"] = arrays["counts"];
            arrays["scan"] = arrays["positions"];
            NpzFile.Write(path, arrays, false);
            Assert.That(() => RawNpzFile.Read(path), Throws.InstanceOf<InvalidDataException>());
            var imported = RawNpzFile.Read(path, new ImportOptions { Cleaning = new CleaningOptions() });
            Assert.That(imported.Measurement.Dropped.Single().Frame, Is.EqualTo(7));
            Assert.That(imported.Notes, Has.Some.Contains("Frame 7 of those read was dropped"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static RawMeasurement Raw() =>
        new()
        {
            Values = [.. Enumerable.Range(0, Frames * Size).Select(i => 1f + i % 7 + i / Size)],
            FrameCount = Frames,
            Height = 4,
            Width = 6,
            Unit = DiffractionUnit.Counts,
            Positions = [.. Enumerable.Range(0, Frames).Select(k => new ScanPosition(k / 8 * 2, k % 8 * 3))],
            Probe = SyntheticProbes.Gaussian(4, 6, 2),
            ObjectShape = (16, 30),
        };
}
