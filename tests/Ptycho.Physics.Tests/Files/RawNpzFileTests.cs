using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files;

public class RawNpzFileTests
{
    private string _path = "";

    [SetUp]
    public void CreatePath() => _path = Path.Combine(Path.GetTempPath(), $"raw-{Guid.NewGuid():N}.npz");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void TheRawLayoutIsRead()
    {
        var data = NumericArray.Create<ushort>([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        var scan = NumericArray.Create<float>([-10.5f, 20, -8, 21], 2, 2);
        var probe = NumericArray.CreateComplex64([1, 0, 0, 1, 2, 0, 0, 2], 2, 2);
        Write(("data", data), ("scan", scan), ("probe", probe));
        var read = RawNpzFile.Read(_path);
        Assert.That(read.Measurement.Data.Values, Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
        Assert.That(read.Measurement.Data.Unit, Is.EqualTo(DiffractionUnit.Counts));
        Assert.That(read.Measurement.Positions[0], Is.EqualTo(new ScanPosition(0.5, 0)));
        Assert.That(read.Measurement.Positions[1], Is.EqualTo(new ScanPosition(3, 1)));
        Assert.That((read.Origin.Row, read.Origin.Column), Is.EqualTo((-11, 20)));
        Assert.That((read.Measurement.ObjectHeight, read.Measurement.ObjectWidth), Is.EqualTo((5, 3)));
        Assert.That(read.Geometry, Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ThePtychoPinnLayoutIsRead(bool framesLast)
    {
        // Three frames [2, 2]; in the middle [1, 1] is the zero frequency.
        float[] frames = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        var last = Enumerable.Range(0, 12).Select(i => frames[i % 3 * 4 + i / 3]).ToArray();
        Write(
            (
                "diffraction",
                framesLast ? NumericArray.Create<float>(last, 2, 2, 3) : NumericArray.Create<float>(frames, 3, 2, 2)
            ),
            ("xcoords", NumericArray.Create([5.0, 6, 7], 3)),
            ("ycoords", NumericArray.Create([2.0, 2, 2.5], 3)),
            ("probeGuess", NumericArray.CreateComplex64([1, 0, 0, 1, 2, 0, 0, 2], 2, 2))
        );
        var read = RawNpzFile.Read(_path);
        Assert.That(read.Measurement.Data.Unit, Is.EqualTo(DiffractionUnit.Amplitude));
        Assert.That(read.Measurement.Data.Values, Is.EqualTo(new float[] { 4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9 }));
        Assert.That(read.Measurement.Positions[2], Is.EqualTo(new ScanPosition(0.5, 2)));
    }

    [Test]
    public void InvalidPixelsAreRefusedOrMasked()
    {
        Write(
            ("data", NumericArray.Create<float>([1, -2, 3, 4], 1, 2, 2)),
            ("scan", NumericArray.Create([0.0, 0], 1, 2)),
            ("probe", NumericArray.Create<float>([1, 1, 1, 1], 2, 2))
        );
        Assert.That(
            () => RawNpzFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("column 1").And.Message.Contains(_path)
        );
        var read = RawNpzFile.Read(_path, new ImportOptions { MaskInvalid = true });
        Assert.That(read.Measurement.Data.Mask!.PixelWeights, Is.EqualTo(new float[] { 1, 0, 1, 1 }).AsCollection);
        Assert.That(read.Notes, Has.Some.Contains("1 pixels"));
    }

    [Test]
    public void AMissingKeyIsNamed()
    {
        Write(("data", NumericArray.Create<float>([1], 1, 1, 1)), ("scan", NumericArray.Create([0.0, 0], 1, 2)));
        Assert.That(
            () => RawNpzFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("'probe'").And.Message.Contains(_path)
        );
    }

    [Test]
    public void TheSiemensStarIsRead()
    {
        var read = RawNpzFile.Read(SharedData.RequireFile("siemens_star.npz"), new ImportOptions { FrameCount = 16 });
        Assert.That((read.Measurement.Data.Height, read.Measurement.Data.Width), Is.EqualTo((128, 128)));
        Assert.That(read.Measurement.Positions, Has.Count.EqualTo(16));
        Assert.That(read.Measurement.Data.Unit, Is.EqualTo(DiffractionUnit.Counts));
    }

    private void Write(params (string Key, NumericArray Array)[] arrays) =>
        NpzFile.Write(_path, arrays.ToDictionary(entry => entry.Key, entry => entry.Array, StringComparer.Ordinal));
}
