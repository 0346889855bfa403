using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files;

/// <summary>The files of tests/data/hdf5 were written by h5py; make.py beside them says how.</summary>
public class FieldFileTests
{
    private static readonly ExperimentGeometry Geometry = new()
    {
        Energy = 1e-15,
        Distance = 0.75,
        DetectorPixelHeight = 55e-6,
        DetectorPixelWidth = 55e-6,
    };

    private string _path = "";

    [SetUp]
    public void CreatePath()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
        _path = Path.Combine(Path.GetTempPath(), $"field-{Guid.NewGuid():N}.cxi");
    }

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void GeometryGivesTheObjectPixel()
    {
        var (height, width) = Geometry.ObjectPixel(8, 16);
        // 1.98645e-10 m · 0.75 m / (8 · 55 µm)
        Assert.That(height, Is.EqualTo(3.385988e-7).Within(1e-12));
        Assert.That(width, Is.EqualTo(height / 2).Within(1e-20));
        Assert.That(() => Geometry with { Distance = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ACxiFileOfH5pyIsRead()
    {
        var read = CxiFile.Read(Data("scan.cxi"));
        AssertFrames(read, DiffractionUnit.Counts);
        var probe = Expected("probe").ToComplexField();
        Assert.That(read.Measurement.Probe.Modes[0].Real, Is.EqualTo(probe.Real));
        Assert.That(read.Measurement.Probe.Modes[0].Imaginary, Is.EqualTo(probe.Imaginary));
        Assert.That(read.Notes, Has.Some.Contains("[4, 4] to [0, 0]"));
    }

    [Test]
    public void APtydFileOfH5pyIsRead()
    {
        var probe = Probe.FromField(Expected("probe").ToComplexField());
        AssertFrames(PtydFile.Read(Data("scan.ptyd"), new ImportOptions { Probe = probe }), DiffractionUnit.Counts);
        Assert.That(() => PtydFile.Read(Data("scan.ptyd"), new ImportOptions()), Throws.ArgumentException);
    }

    [Test]
    public void WhereThereIsNoProbeOneIsMadeOfTheFramesIfThatIsWanted()
    {
        var options = new ImportOptions { ProbeFromFrames = true };
        var read = PtydFile.Read(Data("scan.ptyd"), options);
        var made = FarFieldProbe.Create(read.Measurement.Data);
        Assert.That(read.IsProbeFromFrames);
        Assert.That(read.Measurement.Probe.Modes[0].Real, Is.EqualTo(made.Modes[0].Real));
        Assert.That(read.Notes, Has.Some.Contains("no probe"));

        var bare = new Dictionary<string, NumericArray>
        {
            ["data"] = NumericArray.Create<float>(read.Measurement.Data.Values, 4, 8, 8),
            ["scan"] = NumericArray.Create<double>(
                [.. read.Measurement.Positions.SelectMany(p => new[] { p.Row, p.Column })],
                4,
                2
            ),
        };
        NpzFile.Write(_path, bare);
        Assert.That(
            () => RawNpzFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("probe")
        );
        Assert.That(RawNpzFile.Read(_path, options).IsProbeFromFrames);

        // A probe that is there is taken, whatever is wanted where there is none.
        var known = CxiFile.Read(Data("scan.cxi"), options);
        Assert.That(known.IsProbeFromFrames, Is.False);
        Assert.That(known.Measurement.Probe.Modes[0].Real, Is.EqualTo(Expected("probe").ToComplexField().Real));
    }

    /// <summary>What no probe can be made of is the file's fault, and the file is named.</summary>
    [TestCase(1e-30f, "energy")]
    [TestCase(0, "nothing to reconstruct")]
    [TestCase(float.NaN, "frame 0")]
    public void AProbeThatCannotBeMadeOfTheFramesIsRefusedWithTheFile(float value, string word)
    {
        NpzFile.Write(
            _path,
            new Dictionary<string, NumericArray>
            {
                ["data"] = NumericArray.Create<float>(Enumerable.Repeat(value, 4 * 64).ToArray(), 4, 8, 8),
                ["scan"] = NumericArray.Create<double>([0, 0, 0, 2, 2, 0, 2, 2], 4, 2),
            }
        );
        Assert.That(
            () => RawNpzFile.Read(_path, new ImportOptions { ProbeFromFrames = true }),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(_path).And.Message.Contains(word).IgnoreCase
        );
    }

    [Test]
    public void PartsOfAScanAreRead()
    {
        var probe = Probe.FromField(Expected("probe").ToComplexField());
        var options = new ImportOptions
        {
            FirstFrame = 2,
            FrameCount = 2,
            Probe = probe,
        };
        var all = CxiFile.Read(Data("scan.cxi")).Measurement.Data.Values;
        Assert.That(CxiFile.Read(Data("scan.cxi"), options).Measurement.Data.Values, Is.EqualTo(all[128..]));
        Assert.That(PtydFile.Read(Data("scan.ptyd"), options).Measurement.Data.Values, Is.EqualTo(all[128..]));
        Assert.That(
            () => CxiFile.Read(Data("scan.cxi"), new ImportOptions { FirstFrame = 4 }),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("scan.cxi").And.Message.Contains("4 frames")
        );
    }

    [Test]
    public void FramesAreCutTransposedAndFlippedAroundTheZeroFrequency()
    {
        var counts = Expected("counts").ToSingle();
        var probe = Probe.FromField(ComplexField.Constant(4, 4, 1));
        var options = new ImportOptions
        {
            Crop = (4, 4),
            Probe = probe,
            TransposeFrames = true,
            FlipFrameRows = true,
        };
        var read = CxiFile.Read(Data("scan.cxi"), options).Measurement.Data;
        for (var r = 0; r < 4; r++)
        for (var c = 0; c < 4; c++)
        {
            // Frequencies of the result; the stored frame has (v, u) where the result has (−u, v).
            var (u, v) = (r < 2 ? r : r - 4, c < 2 ? c : c - 4);
            var flipped = u == -2 ? -2 : -u;
            Assert.That(read.Values[r * 4 + c], Is.EqualTo(counts[(4 + v) * 8 + 4 + flipped]), $"{r}, {c}");
        }
    }

    [Test]
    public void PositionsAreSwappedAndFlipped()
    {
        var options = new ImportOptions { SwapPositions = true, FlipPositionRows = true };
        var plain = CxiFile.Read(Data("scan.cxi")).Measurement.Positions;
        var turned = CxiFile.Read(Data("scan.cxi"), options);
        for (var k = 0; k < 4; k++)
        {
            Assert.That(
                turned.Measurement.Positions[k].Row + turned.Origin.Row,
                Is.EqualTo(-plain[k].Column).Within(1e-9)
            );
            Assert.That(turned.Measurement.Positions[k].Column, Is.EqualTo(plain[k].Row).Within(1e-9));
        }
    }

    [Test]
    public void EveryBitComesBack([Values] DiffractionUnit unit)
    {
        var values = Enumerable.Range(0, 60).Select(i => i + 0.1f).ToArray();
        var weights = Enumerable.Range(0, 30).Select(i => i / 29f).ToArray();
        var gain = unit == DiffractionUnit.Counts ? 1 : 7.5;
        var data = new DiffractionData(values, 2, 5, 6, unit, gain, new DetectorMask(weights, [0.5f, 1]));
        var mode = SyntheticProbes.Gaussian(5, 6, 2, 0.1).Modes[0];
        var probe = Probe.FromModes([mode, ComplexField.Constant(5, 6, 0.25)]);
        var scan = new ScanPattern([new(1 / 3.0, -1), new(Math.PI, 2.1)]);
        var written = new Measurement(data, scan, probe, 10, 9);

        CxiFile.Write(_path, written, Geometry);
        var read = CxiFile.Read(_path);

        Assert.Multiple(() =>
        {
            Assert.That(read.Measurement.Data.Values, Is.EqualTo(values));
            Assert.That(read.Measurement.Data.Unit, Is.EqualTo(unit));
            Assert.That(read.Measurement.Data.CountsPerUnit, Is.EqualTo(gain));
            Assert.That(read.Measurement.Data.Mask!.PixelWeights, Is.EqualTo(weights).AsCollection);
            Assert.That(read.Measurement.Data.Mask!.FrameWeights!.Value, Is.EqualTo(new[] { 0.5f, 1 }).AsCollection);
            Assert.That(read.Measurement.Positions, Is.EqualTo(scan).AsCollection);
            Assert.That((read.Measurement.ObjectHeight, read.Measurement.ObjectWidth), Is.EqualTo((10, 9)));
            Assert.That(read.Geometry, Is.EqualTo(Geometry));
            for (var m = 0; m < 2; m++)
            {
                Assert.That(read.Measurement.Probe.Modes[m].Real, Is.EqualTo(probe.Modes[m].Real));
                Assert.That(read.Measurement.Probe.Modes[m].Imaginary, Is.EqualTo(probe.Modes[m].Imaginary));
            }
        });
    }

    [Test]
    public void APtydFileComesBack()
    {
        var written = CxiFile.Read(Data("scan.cxi")).Measurement;
        PtydFile.Write(_path, written, Geometry);
        var options = new ImportOptions { Probe = written.Probe, Unit = DiffractionUnit.Counts };
        var read = PtydFile.Read(_path, options);
        Assert.That(read.Measurement.Data.Values, Is.EqualTo(written.Data.Values));
        Assert.That(read.Measurement.Data.Mask!.PixelWeights, Is.EqualTo(written.Data.Mask!.PixelWeights).AsCollection);
        for (var k = 0; k < 4; k++)
            Assert.That(read.Measurement.Positions[k].Row, Is.EqualTo(written.Positions[k].Row).Within(1e-9));
        Assert.That(read.Geometry!.Distance, Is.EqualTo(Geometry.Distance));
        Assert.That(read.Geometry.Energy, Is.EqualTo(Geometry.Energy).Within(1e-30));
    }

    [Test]
    public void PtypysNoneIsNothing()
    {
        var written = CxiFile.Read(Data("scan.cxi")).Measurement;
        Hdf5File.Write(
            _path,
            root =>
            {
                root.WriteDataset("chunks/0/data", NumericArray.Create<float>(new float[64], 1, 8, 8));
                root.WriteDataset("chunks/0/positions", NumericArray.Create<double>([0, 0], 1, 2));
                foreach (var name in (string[])["energy", "distance", "psize"])
                {
                    root.WriteDataset($"meta/{name}", NumericArray.Create<double>([0])).SetAttribute("type", "None");
                    if (name != "psize")
                        root.WriteDataset($"info/{name}", NumericArray.Create<double>([6.2]));
                }
            }
        );
        Assert.That(
            () => PtydFile.Read(_path, new ImportOptions { Probe = written.Probe }),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("psize")
        );
    }

    [TestCase("frame_weights", new[] { 1 }, "1 weights for 2 frames")]
    [TestCase("pixel_weights", new[] { 8, 9 }, "72 pixels")]
    [TestCase("object_shape", new[] { 8, 9 }, "whole numbers")]
    public void WhatDoesNotFitTheFramesIsNamed(string name, int[] shape, string problem)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        Array.Fill(values, 0.5f);
        Hdf5File.Write(
            _path,
            root =>
            {
                var entry = root.CreateGroup("entry_1");
                entry.WriteDataset("data_1/data", NumericArray.Create<float>(Ones(128), 2, 8, 8));
                entry.WriteDataset("data_1/translation", NumericArray.Create<double>(new double[6], 2, 3));
                var illumination = NumericArray.CreateComplex64(Ones(128), 8, 8);
                entry.WriteDataset("instrument_1/source_1/illumination", illumination);
                foreach (var place in (string[])["source_1/energy", "detector_1/distance"])
                    entry.WriteDataset($"instrument_1/{place}", NumericArray.Create<double>([1e-15]));
                foreach (var axis in (string[])["x", "y"])
                    entry.WriteDataset(
                        $"instrument_1/detector_1/{axis}_pixel_size",
                        NumericArray.Create<double>([55e-6])
                    );
                var own = entry.CreateGroup("ptychography_1");
                own.WriteDataset("positions", NumericArray.Create<double>(new double[4], 2, 2));
                if (name == "object_shape")
                {
                    own.WriteDataset(name, NumericArray.Create<float>([8.5f, 9], 2));
                    return;
                }
                own.WriteDataset("object_shape", NumericArray.Create<int>([8, 9], 2));
                own.WriteDataset(name, NumericArray.Create<float>(values, shape));
            }
        );
        Assert.That(
            () => CxiFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(name).And.Message.Contains(problem)
        );

        static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];
    }

    [Test]
    public void WeightsWithOtherAxesThanTheFramesAreRefused()
    {
        Hdf5File.Write(
            _path,
            root =>
            {
                root.WriteDataset("chunks/0/data", NumericArray.Create<float>(new float[72], 1, 8, 9));
                root.WriteDataset("chunks/0/positions", NumericArray.Create<double>([0, 0], 1, 2));
                root.WriteDataset("chunks/0/weights", NumericArray.Create<float>(new float[72], 1, 9, 8));
            }
        );
        var probe = Probe.FromField(ComplexField.Constant(8, 9, 1));
        Assert.That(
            () => PtydFile.Read(_path, new ImportOptions { Probe = probe, Geometry = Geometry }),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("must have the shape of")
        );
    }

    [Test]
    public void ChunksAreJoinedInTheirOrder()
    {
        Hdf5File.Write(
            _path,
            root =>
            {
                for (var chunk = 0; chunk < 3; chunk++)
                {
                    var values = Enumerable.Range(0, 128).Select(i => 1f + i + 128 * chunk).ToArray();
                    var metres = new[] { 0, chunk * 1e-6, 1e-6, chunk * 1e-6 };
                    root.WriteDataset($"chunks/{chunk}/data", NumericArray.Create<float>(values, 2, 8, 8));
                    root.WriteDataset($"chunks/{chunk}/positions", NumericArray.Create<double>(metres, 2, 2));
                }
            }
        );
        var options = new ImportOptions
        {
            Probe = Probe.FromField(ComplexField.Constant(8, 8, 1)),
            Geometry = Geometry,
            ZeroFrequency = (0, 0),
        };
        var all = Enumerable.Range(1, 384).Select(i => (float)i).ToArray();
        Assert.That(PtydFile.Read(_path, options).Measurement.Data.Values, Is.EqualTo(all));
        var part = PtydFile.Read(_path, options with { FirstFrame = 1, FrameCount = 4 }).Measurement.Data.Values;
        Assert.That(part, Is.EqualTo(all[64..320]));
    }

    [Test]
    public void FramesThatWereNeverStoredAllocateNothing([Values(1, 1 << 20)] int frames)
    {
        // Up to eight gigabytes are announced, nothing is stored.
        var storage = new Hdf5StorageOptions { ChunkShape = [1, 8, 8] };
        long[] shape = frames == 1 ? [1, 8, 1 << 27] : [frames, 8, 128];
        Hdf5File.Write(
            _path,
            root =>
            {
                root.CreateDataset("entry_1/data_1/data", ElementType.UInt16, shape, storage);
                root.CreateDataset("chunks/0/data", ElementType.UInt16, shape, storage);
                root.WriteDataset("chunks/0/positions", NumericArray.Create<double>(new double[2 * frames], frames, 2));
            }
        );
        var options = new ImportOptions
        {
            Probe = Probe.FromField(ComplexField.Constant(8, 128, 1)),
            Geometry = Geometry,
        };
        Action[] readers = [() => CxiFile.Read(_path, options), () => PtydFile.Read(_path, options)];
        foreach (var read in readers)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(
                read,
                Throws
                    .InstanceOf<InvalidDataException>()
                    .With.Message.Contains("are stored")
                    .And.Message.Contains(_path)
            );
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 << 20));
        }
    }

    [Test]
    public void MetresAndPixelsAreInverse()
    {
        var position = new ScanPosition(1 / 3.0, -7.25);
        var (x, y) = Geometry.ToMetres(position, 8, 16);
        var back = Geometry.ToPixels(x, y, 8, 16);
        Assert.That(x, Is.EqualTo(-7.25 * Geometry.ObjectPixel(8, 16).Width));
        Assert.That(back.Row, Is.EqualTo(position.Row).Within(1e-15));
        Assert.That(back.Column, Is.EqualTo(position.Column).Within(1e-14));
    }

    /// <summary>Many write electronvolts where the format wants joules.</summary>
    [Test]
    public void AnEnergyThatNoPhotonHasIsRefused()
    {
        Hdf5File.Write(
            _path,
            root =>
            {
                root.WriteDataset("entry_1/data_1/data", NumericArray.Create<float>([1, 2, 3, 4], 1, 2, 2));
                root.WriteDataset("entry_1/data_1/translation", NumericArray.Create([0.0, 0, 0], 1, 3));
                var detector = root.CreateGroup("entry_1/instrument_1/detector_1");
                foreach (var name in (string[])["distance", "x_pixel_size", "y_pixel_size"])
                    detector.WriteDataset(name, NumericArray.Create([1.0], 1));
                root.WriteDataset("entry_1/instrument_1/source_1/energy", NumericArray.Create([8800.0], 1));
            }
        );
        Assert.That(
            () => MeasurementImport.Read(_path, new ImportOptions { ProbeFromFrames = true }),
            Throws
                .TypeOf<InvalidDataException>()
                .With.Message.Contains("8800 J")
                .And.Message.Contains("source_1/energy")
        );
    }

    [Test]
    public void WhatIsMissingIsNamed()
    {
        Hdf5File.Write(_path, root => root.CreateGroup("entry_1/data_1"));
        Assert.That(
            () => CxiFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("data_1/data").And.Message.Contains(_path)
        );
    }

    private static void AssertFrames(ImportedMeasurement read, DiffractionUnit unit)
    {
        var counts = Expected("counts").ToSingle();
        var mask = Expected("mask").ToSingle();
        var yx = Expected("yx").ToDouble();
        var (data, positions) = (read.Measurement.Data, read.Measurement.Positions);
        Assert.That(data.Unit, Is.EqualTo(unit));
        Assert.That((data.FrameCount, data.Height, data.Width), Is.EqualTo((4, 8, 8)));
        Assert.That(read.Geometry!.ObjectPixel(8, 8).Height, Is.EqualTo(Expected("dx").ToDouble()[0]).Within(1e-18));
        for (var k = 0; k < 4; k++)
        {
            Assert.That(positions[k].Row + read.Origin.Row, Is.EqualTo(yx[2 * k]).Within(1e-9));
            Assert.That(positions[k].Column + read.Origin.Column, Is.EqualTo(yx[2 * k + 1]).Within(1e-9));
            for (var i = 0; i < 64; i++)
            {
                var centred = (i / 8 + 4) % 8 * 8 + (i % 8 + 4) % 8;
                Assert.That(data.Values[k * 64 + i], Is.EqualTo(counts[k * 64 + centred]));
                Assert.That(data.Mask!.PixelWeights[i], Is.EqualTo(mask[centred] == 0 ? 1 : 0));
            }
        }
    }

    private static string Data(string name) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "hdf5", name);

    private static NumericArray Expected(string key) => NpzFile.Read(Data("expected.npz"), [key])[key];
}
