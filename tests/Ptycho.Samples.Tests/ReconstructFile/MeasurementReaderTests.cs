using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tiff;
using Ptycho.Physics.Files;
using Ptycho.Physics.Files.Products;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Samples.ReconstructFile.Input;

namespace Ptycho.Samples.Tests.ReconstructFile;

public sealed class MeasurementReaderTests
{
    private static readonly ExperimentGeometry Geometry = new()
    {
        Energy = 0.8 * ExperimentGeometry.JoulesPerKiloelectronvolt,
        Distance = 0.02,
        DetectorPixelHeight = 48.4e-6,
        DetectorPixelWidth = 48.4e-6,
    };

    [TestCase(".tif", ".csv", false)]
    [TestCase(".npy", ".npy", false)]
    [TestCase(".tif", ".txt", true)]
    public void AStackWithPositionsAndProbeIsTheMeasurement(string ending, string positions, bool metres)
    {
        using var folder = new TemporaryFolder();
        var measured = Make.Measurement();
        var settings = new InputSettings
        {
            Import = new ImportOptions { Unit = DiffractionUnit.Intensity, Geometry = metres ? Geometry : null },
            Probe = folder.File("probe.npy"),
            Positions = folder.File("positions" + positions),
            PositionUnit = metres ? PositionUnit.Metres : PositionUnit.Pixels,
        };
        Write(measured.Probe.Modes[0], settings.Probe);
        WritePositions(measured, settings.Positions, metres);
        var file = folder.File("frames" + ending);
        WriteFrames(measured.Data, file);

        var read = MeasurementReader.Read(file, settings).Measurement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Data.Values, Is.EqualTo(measured.Data.Values));
            Assert.That(read.ObjectHeight, Is.EqualTo(Make.Side));
            Assert.That(read.Probe.Modes[0].Real, Is.EqualTo(measured.Probe.Modes[0].Real));
            foreach (var (a, b) in read.Positions.Zip(measured.Positions))
            {
                Assert.That(a.Row, Is.EqualTo(b.Row).Within(1e-6));
                Assert.That(a.Column, Is.EqualTo(b.Column).Within(1e-6));
            }
        }
    }

    [Test]
    public void WhatAStackLacksIsNamed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("frames.tif");
        WriteFrames(Make.Measurement().Data, file);
        Assert.That(
            () => MeasurementReader.Read(file, new InputSettings()),
            Throws.ArgumentException.With.Message.Contains("--positions").And.Message.Contains("--probe")
        );
        var few = folder.File("few.csv");
        File.WriteAllText(few, "0,0\n0,8\n");
        Write(Make.Measurement().Probe.Modes[0], folder.File("probe.npy"));
        Assert.That(
            () => MeasurementReader.Read(file, new InputSettings { Positions = few, Probe = folder.File("probe.npy") }),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("2 positions")
        );
        File.WriteAllText(few, "row,column\n0,0\n0,eight\n");
        Assert.That(
            () => PositionFile.Read(few),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 3")
        );
    }

    [TestCase("product.h5")]
    [TestCase("product.ptyr")]
    public void AFinishedReconstructionGivesProbeAndPositionsButIsNoMeasurement(string name)
    {
        if (!Hdf5File.IsAvailable)
            Assert.Ignore(Hdf5File.WhyUnavailable!);
        using var folder = new TemporaryFolder();
        var measured = Make.Measurement();
        var product = ReconstructionProduct.Create(measured, Geometry, Make.Truth);
        var file = folder.File(name);
        if (name.EndsWith(".h5", StringComparison.Ordinal))
            PtychodusProductFile.Write(file, product);
        else
            PtyrFile.Write(file, product);
        Assert.That(
            () => MeasurementReader.Read(file, new InputSettings()),
            Throws.ArgumentException.With.Message.Contains("holds no frames")
        );
        var frames = folder.File("frames.tif");
        WriteFrames(measured.Data, frames);
        var read = MeasurementReader.Read(frames, new InputSettings { Positions = file, Probe = file }).Measurement;
        Assert.That(read.Positions[5].Row, Is.EqualTo(measured.Positions[5].Row).Within(1e-3));
        Assert.That(read.Probe.Modes[0].Real, Is.EqualTo(measured.Probe.Modes[0].Real));
    }

    [Test]
    public void ATableOfTheStageInMicrometresNeedsNoWordAboutIt()
    {
        using var folder = new TemporaryFolder();
        var measured = Make.Measurement();
        var frames = folder.File("frames.tif");
        WriteFrames(measured.Data, frames);
        var probe = folder.File("probe.npy");
        Write(measured.Probe.Modes[0], probe);
        var pixel = Geometry.ObjectPixel(measured.Data.Height, measured.Data.Width);
        var stage = folder.File("stage.csv");
        File.WriteAllLines(
            stage,
            measured
                .Positions.Select(p =>
                    FormattableString.Invariant($"{p.Column * pixel.Width * 1e6:R},{p.Row * pixel.Height * 1e6:R}")
                )
                .Prepend("x_um,y_um")
        );
        var settings = new InputSettings
        {
            Import = new ImportOptions { Geometry = Geometry },
            Positions = stage,
            Probe = probe,
        };
        var read = MeasurementReader.Read(frames, settings);
        Assert.That(read.Measurement.Positions[^1].Column, Is.EqualTo(measured.Positions[^1].Column).Within(1e-6));
        Assert.That(read.Measurement.Positions[3].Row, Is.EqualTo(measured.Positions[3].Row).Within(1e-6));
        Assert.That(
            () => MeasurementReader.Read(frames, settings with { Import = new ImportOptions() }),
            Throws.ArgumentException.With.Message.Contains("--energy-kev")
        );
    }

    [TestCase("dp", null)]
    [TestCase("detector/frames", "detector/frames")]
    public void FramesInAnyDatasetAreRead(string dataset, string? named)
    {
        if (!Hdf5File.IsAvailable)
            Assert.Ignore(Hdf5File.WhyUnavailable!);
        using var folder = new TemporaryFolder();
        var measured = Make.Measurement();
        var (count, side) = (measured.Data.FrameCount, measured.Data.Height);
        var file = folder.File("scan.h5");
        Hdf5File.Write(
            file,
            root => root.WriteDataset(dataset, NumericArray.Create<float>(measured.Data.Values, count, side, side))
        );
        var positions = folder.File("positions.txt");
        WritePositions(measured, positions, metres: false);
        var settings = new InputSettings
        {
            Import = new ImportOptions { ZeroFrequency = (0, 0) },
            Positions = positions,
            Dataset = named,
        };
        var read = MeasurementReader.Read(file, settings);
        Assert.That(read.Measurement.Data.Values, Is.EqualTo(measured.Data.Values));
        Assert.That(read.IsProbeFromFrames, Is.True);
        if (named is not null)
            Assert.That(
                () => MeasurementReader.Read(file, settings with { Dataset = null }),
                Throws.ArgumentException.With.Message.Contains($"--dataset (of three axes are: {named})")
            );
    }

    [Test]
    public void AMaskThatIsTheWrongWayRoundIsRefused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("mask.npy");
        NpyFile.Write(file, NumericArray.Create<byte>([0, 1, 1, 1, 1, 1], 2, 3));
        Assert.That(
            () => MaskFile.Read(file, nonzeroIsGood: false),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("--mask-nonzero-is-good")
        );
        Assert.That(
            MaskFile.Read(file, nonzeroIsGood: true),
            Is.EqualTo(new[] { true, false, false, false, false, false })
        );
    }

    private static void Write(ComplexField probe, string path) =>
        NpyFile.Write(path, NumericArray.FromComplexField(probe));

    private static void WritePositions(Measurement measured, string path, bool metres)
    {
        var pixel = metres ? Geometry.ObjectPixel(measured.Data.Height, measured.Data.Width) : (Height: 1, Width: 1);
        var pairs = measured.Positions.Select(p => (double[])[p.Row * pixel.Height, p.Column * pixel.Width]).ToArray();
        if (path.EndsWith(".npy", StringComparison.Ordinal))
            NpyFile.Write(path, NumericArray.Create<double>(pairs.SelectMany(p => p).ToArray(), pairs.Length, 2));
        else
            File.WriteAllLines(
                path,
                pairs.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p[0]:R} {p[1]:R}")).Prepend("# y x")
            );
    }

    // Files have the zero frequency in the centre.
    private static void WriteFrames(DiffractionData data, string path)
    {
        var (height, width) = (data.Height, data.Width);
        var centred = new float[data.Values.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            var (frame, row, column) = (i / (height * width), i / width % height, i % width);
            var (to, at) = ((row + height / 2) % height, (column + width / 2) % width);
            centred[(frame * height + to) * width + at] = data.Values[i];
        }
        var stack = NumericArray.Create<float>(centred, data.FrameCount, height, width);
        if (path.EndsWith(".npy", StringComparison.Ordinal))
            NpyFile.Write(path, stack);
        else
            TiffFile.Write(path, stack);
    }
}
