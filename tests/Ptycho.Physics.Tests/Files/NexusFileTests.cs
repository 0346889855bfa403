using Ptycho.IO;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Files;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Files;

/// <summary>The files were written by h5py; tests/data/hdf5/make_products.py says how.</summary>
public class NexusFileTests
{
    private const int Height = 4;
    private const int Width = 6;

    private static readonly Probe Light = Probe.FromField(ComplexField.Constant(Height, Width, 1));

    [SetUp]
    public void RequireHdf5()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
    }

    [TestCase("nexus-rows.nxs", null, "[y, x], as the attribute 'axes' says")]
    [TestCase("nexus-rows.nxs", FrameAxisOrder.RowsFirst, "[y, x], as the options say")]
    [TestCase("nexus-columns.nxs", FrameAxisOrder.ColumnsFirst, "[x, y], as the options say")]
    public void BothOrdersOfAxesAreRead(string name, FrameAxisOrder? order, string note)
    {
        var read = NexusFile.Read(Data(name), new ImportOptions { Probe = Light, FrameAxes = order });
        var data = read.Measurement.Data;
        Assert.That(read.Notes, Has.Some.Contains(note));
        Assert.That((data.FrameCount, data.Height, data.Width), Is.EqualTo((6, Height, Width)));
        AssertFrames(data.Values, zeroRow: 2, zeroColumn: 3);
        for (var i = 0; i < Height * Width; i++)
        {
            var (row, column) = ((i / Width + 2) % Height, (i % Width + 3) % Width);
            var bad = order == FrameAxisOrder.ColumnsFirst ? (2, 1) : (1, 2);
            Assert.That(data.Mask!.PixelWeights[i], Is.EqualTo((row, column) == bad ? 0 : 1));
        }
        AssertPositions(read, 1);
        Assert.That(read.Geometry!.Energy, Is.EqualTo(8 * ExperimentGeometry.JoulesPerKiloelectronvolt).Within(1e-27));
        Assert.That(read.Geometry.Distance, Is.EqualTo(1.5));
        Assert.That(read.Geometry.DetectorPixelHeight, Is.EqualTo(150e-6).Within(1e-18));
    }

    [Test]
    public void WithoutAWordRowsComeFirst()
    {
        var turned = Probe.FromField(ComplexField.Constant(Width, Height, 1));
        var read = NexusFile.Read(Data("nexus-columns.nxs"), new ImportOptions { Probe = turned });
        Assert.That((read.Measurement.Data.Height, read.Measurement.Data.Width), Is.EqualTo((Width, Height)));
        Assert.That(read.Notes, Has.Some.Contains("[y, x], since the file does not say"));
    }

    [Test]
    public void ARasterWithMotorsAndABeamCentreIsRead()
    {
        var read = NexusFile.Read(Data("nexus-raster.nxs"), new ImportOptions { Probe = Light });
        AssertFrames(read.Measurement.Data.Values, zeroRow: 1, zeroColumn: 4);
        // The vector of the y motor points up.
        AssertPositions(read, -1);
        Assert.That(read.Notes, Has.Some.Contains("motors"));
        var part = NexusFile.Read(
            Data("nexus-raster.nxs"),
            new ImportOptions
            {
                Probe = Light,
                FirstFrame = 2,
                FrameCount = 3,
            }
        );
        Assert.That(
            part.Measurement.Data.Values,
            Is.EqualTo(read.Measurement.Data.Values[(2 * Height * Width)..(5 * Height * Width)])
        );
    }

    [TestCase("nexus-rows.nxs")]
    [TestCase("nexus-raster.nxs")]
    public void FramesAreStreamed(string name)
    {
        var options = new ImportOptions
        {
            Probe = Light,
            FirstFrame = 1,
            FlipFrameRows = true,
        };
        var whole = NexusFile.Read(Data(name), options).Measurement.Data.Values;
        using var stream = NexusFile.OpenFrames(Data(name), options);
        Assert.That((stream.Count, stream.Height, stream.Width), Is.EqualTo((5, Height, Width)));
        var frame = new float[Height * Width];
        for (var k = 0; k < stream.Count; k++)
        {
            stream.Read(k, frame);
            Assert.That(frame, Is.EqualTo(whole[(k * frame.Length)..((k + 1) * frame.Length)]), $"frame {k}");
        }
        Assert.That(() => stream.Read(5, frame), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void AProbeMustBeGiven() =>
        Assert.That(
            () => NexusFile.Read(Data("nexus-rows.nxs")),
            Throws
                .InstanceOf<InvalidDataException>()
                .With.Message.Contains("nexus-rows.nxs")
                .And.Message.Contains("Probe")
        );

    private static void AssertFrames(float[] values, int zeroRow, int zeroColumn)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var row = (i / Width % Height + zeroRow) % Height;
            var column = (i % Width + zeroColumn) % Width;
            Assert.That(values[i], Is.EqualTo((i / (Height * Width) * 5 + row * 3 + column) % 50), $"value {i}");
        }
    }

    private static void AssertPositions(ImportedMeasurement read, int rowSign)
    {
        for (var k = 0; k < 6; k++)
        {
            var position = read.Measurement.Positions[k];
            Assert.That(position.Row + read.Origin.Row, Is.EqualTo(rowSign * (k / 3 * 2.0)).Within(1e-9));
            Assert.That(position.Column + read.Origin.Column, Is.EqualTo(k % 3 * 1.5).Within(1e-9));
        }
    }

    private static string Data(string name) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "hdf5", name);
}
