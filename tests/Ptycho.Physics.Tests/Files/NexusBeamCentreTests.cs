using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Files;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Files;

/// <summary>Where the zero frequency lies when the file has the beam's centre in lengths or pixels.</summary>
public class NexusBeamCentreTests
{
    private const int Size = 8;

    private string _path = "";

    [SetUp]
    public void CreatePath()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
        _path = Path.Combine(Path.GetTempPath(), $"centre-{Guid.NewGuid():N}.nxs");
    }

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    // Pixels of 75 µm. Counted from the centre of the first pixel, the middle of eight is 3.5.
    [TestCase(3.0, 3)]
    [TestCase(3.49, 3)]
    [TestCase(3.5, 4)]
    [TestCase(2.5, 3)]
    [TestCase(4.5, 5)]
    [TestCase(4.0, 4)]
    [TestCase(-0.4, 0)]
    public void HalfAPixelGoesToTheSecondOfTheTwo(double pixels, int row)
    {
        foreach (var (value, unit) in new[] { (pixels * 75, "um"), (pixels * 75e-6, "m"), (pixels, "pixel") })
        {
            Write(value, unit);
            var read = NexusFile.Read(_path);
            // Every pixel's value is its stored index.
            Assert.That(read.Measurement.Data.Values[0], Is.EqualTo(row * Size + 1), unit);
            Assert.That(read.Notes, Has.Some.Contains($"whole pixel (x 1, y {row})"), unit);
        }
    }

    [Test]
    public void ACentreOffTheDetectorIsRefused()
    {
        Write(-0.6, "pixels");
        Assert.That(
            () => NexusFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("[-1, 1]")
        );
    }

    [Test]
    public void TheOptionsComeFirst()
    {
        Write(-0.6, "pixels");
        var read = NexusFile.Read(_path, new ImportOptions { ZeroFrequency = (2, 2) });
        Assert.That(read.Measurement.Data.Values[0], Is.EqualTo(2 * Size + 2));
    }

    // In single precision, as many programs write it.
    private void Write(double y, string unit) =>
        Hdf5File.Write(
            _path,
            root =>
            {
                var entry = root.CreateGroup("entry_1");
                var frames = Enumerable.Range(0, 2 * Size * Size).Select(i => (float)(i % (Size * Size))).ToArray();
                entry.WriteDataset("data_1/data", NumericArray.Create<float>(frames, 2, Size, Size));
                entry.WriteDataset("data_1/translation", NumericArray.Create<double>([0, 0, 0, 1e-6, 0, 0], 2, 3));
                var probe = NumericArray.FromComplexField(ComplexField.Constant(Size, Size, 1));
                entry.WriteDataset("instrument_1/source_1/illumination", probe);
                entry.WriteDataset("instrument_1/beam_1/energy", NumericArray.Create<double>([1e-15]));
                var detector = entry.CreateGroup("instrument_1/detector_1");
                Number(detector, "distance", 1.5, "m");
                Number(detector, "x_pixel_size", 75e-6, "m");
                Number(detector, "y_pixel_size", 75e-6, "m");
                Number(
                    detector,
                    "beam_center_x",
                    unit == "um" ? 75
                        : unit == "m" ? 75e-6
                        : 1,
                    unit
                );
                Number(detector, "beam_center_y", y, unit);
            }
        );

    private static void Number(Hdf5GroupWriter group, string name, double value, string unit) =>
        group.WriteDataset(name, NumericArray.Create<float>([(float)value])).SetAttribute("units", unit);
}
