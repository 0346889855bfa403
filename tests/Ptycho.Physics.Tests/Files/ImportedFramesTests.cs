using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Physics.Tests.Files;

/// <summary>Frames as detectors give them: to be binned, cropped, masked, clipped, and with their centre somewhere.</summary>
public class ImportedFramesTests
{
    private static readonly Probe Flat = Probe.FromField(ComplexField.Constant(4, 4, 1));
    private string _path = "";

    [SetUp]
    public void CreatePath() => _path = Path.Combine(Path.GetTempPath(), $"frames-{Guid.NewGuid():N}.npy");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void BinnedFramesAreThoseOfACentredArrayReshapedToBlocks()
    {
        float[] frame = [.. Enumerable.Range(0, 64).Select(i => (float)(i * i % 97))];
        Save(frame, 8);
        var read = Read(new ImportOptions { Binning = 2, Probe = Flat }).Data.Values;
        for (var row = 0; row < 4; row++)
        for (var column = 0; column < 4; column++)
        {
            var wanted = 0f;
            for (var i = 0; i < 4; i++)
                wanted += frame[(2 * row + i / 2) * 8 + 2 * column + i % 2];
            Assert.That(read[(row + 2) % 4 * 4 + (column + 2) % 4], Is.EqualTo(wanted), $"block {row}, {column}");
        }
    }

    [Test]
    public void AmplitudesAreBinnedByTheirSquares()
    {
        float[] frame = [.. Enumerable.Range(0, 64).Select(i => i % 8 == 0 ? 3f : 4f)];
        Save(frame, 8);
        var options = new ImportOptions
        {
            Binning = 2,
            Probe = Flat,
            Unit = DiffractionUnit.Amplitude,
        };
        var read = Read(options).Data.Values;
        Assert.That(read[2], Is.EqualTo((float)Math.Sqrt(2 * 9 + 2 * 16)));
        Assert.That(read[0], Is.EqualTo(8));
    }

    [Test]
    public void ABinWithABadPixelIsBad()
    {
        Save([.. Enumerable.Repeat(5f, 64)], 8);
        var bad = new bool[64];
        bad[4 * 8 + 5] = true;
        var mask = Read(
            new ImportOptions
            {
                Binning = 2,
                Probe = Flat,
                BadPixels = bad,
            }
        ).Data.Mask!;
        Assert.That(mask.PixelWeights, Is.EqualTo([0f, .. Enumerable.Repeat(1f, 15)]).AsCollection);
    }

    [Test]
    public void WhatCannotBeBinnedIsRefusedWithACropThatCan()
    {
        Save(new float[36], 6);
        Assert.That(
            () => Read(new ImportOptions { Binning = 4, Probe = Flat }),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("4×4")
        );
        Assert.That(() => new ImportOptions { Binning = 0 }, Throws.InstanceOf<ArgumentException>());
    }

    /// <summary>A measurement that is cropped or binned is that of the probe cut likewise.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AProbeOfTheWholeFramesShapeIsCutAsTheyAre(bool crop)
    {
        var probe = SyntheticProbes.StandardH();
        var scan = RasterScan.Clamped(64, 64, 32, 32, 8);
        var measured = DiffractionSimulator.Simulate(BloodSmearPhantom.Create(64, 64, 1), probe, scan, 1e5, 1);
        var options = crop
            ? new ImportOptions { Crop = (16, 16), Probe = probe }
            : new() { Binning = 2, Probe = probe };
        var source = new Frames(measured.Data);
        var read = StackImport.Read(source, measured.Positions, PositionUnit.Pixels, options, centred: false);
        var found = read.Measurement;
        var wanted = crop ? ProbeResampling.CropSpectrum(probe, 16, 16) : ProbeResampling.CropWindow(probe, 16, 16);
        Assert.Multiple(() =>
        {
            Assert.That(found.Probe.Modes[0].Real, Is.EqualTo(wanted.Modes[0].Real));
            Assert.That(read.Notes, Has.Some.Contains("probe was cut from 32×32 to 16×16"));
            var factor = crop ? 0.5 : 1;
            Assert.That(
                found.Positions[^1].Column - found.Positions[0].Column,
                Is.EqualTo(factor * (measured.Positions[^1].Column - measured.Positions[0].Column)).Within(1e-12)
            );
        });
    }

    [Test]
    public void GeometryIsThatOfTheBinnedPixels()
    {
        Save([.. Enumerable.Repeat(5f, 64)], 8);
        var geometry = new ExperimentGeometry
        {
            Energy = 1e-15,
            Distance = 1,
            DetectorPixelHeight = 1e-4,
            DetectorPixelWidth = 2e-4,
        };
        var options = new ImportOptions
        {
            Binning = 2,
            Probe = Flat,
            Geometry = geometry,
        };
        using var stack = NpySource.Open(_path);
        var read = StackImport.Read(stack, [new ScanPosition(0, 0)], PositionUnit.Micrometres, options);
        Assert.That(read.Geometry!.ObjectPixel(4, 4), Is.EqualTo(geometry.ObjectPixel(8, 8)));
        Assert.That(
            () => StackImport.Read(stack, [new ScanPosition(0, 0)], PositionUnit.Metres, new() { Probe = Flat }),
            Throws.ArgumentException.With.Message.Contains("Geometry")
        );
        Assert.That(
            () => StackImport.Read(stack, [new(0, 0), new(1, 1)], PositionUnit.Pixels, options),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("2 positions")
        );
    }

    [Test]
    public void LengthsAreTurnedIntoPixelsOfTheObject()
    {
        Save([.. Enumerable.Repeat(5f, 32)], 4);
        var geometry = new ExperimentGeometry
        {
            Energy = 1e-15,
            Distance = 1,
            DetectorPixelHeight = 1e-4,
            DetectorPixelWidth = 1e-4,
        };
        var (height, width) = geometry.ObjectPixel(4, 4);
        ScanPosition[] metres = [new(0, 0), new(3 * height * 1e3, 5 * width * 1e3)];
        using var stack = NpySource.Open(_path);
        var options = new ImportOptions { Probe = Flat, Geometry = geometry };
        var found = StackImport.Read(stack, metres, PositionUnit.Millimetres, options).Measurement.Positions[1];
        Assert.That((found.Row, found.Column), Is.EqualTo((3.0, 5.0)).Within(1e-9));
    }

    [Test]
    public void FullPixelsAreMaskedAndNegativeOnesClipped()
    {
        var values = new float[2 * 16];
        Array.Fill(values, 1);
        values[3] = 65535;
        // A gap, negative in both frames, and noise about 0 in one.
        (values[5], values[21], values[22]) = (-1, -1, -0.5f);
        Save(values, 4);
        var options = new ImportOptions
        {
            Probe = Flat,
            ZeroFrequency = (0, 0),
            MaskAbove = 65535,
            ClipNegative = true,
        };
        using var stack = NpySource.Open(_path);
        var read = StackImport.Read(stack, [new(0, 0), new(1, 1)], PositionUnit.Pixels, options);
        var weights = read.Measurement.Data.Mask!.PixelWeights;
        Assert.Multiple(() =>
        {
            Assert.That(
                Enumerable.Range(0, 16).Where(i => weights[i] == 0),
                Is.EqualTo([3, 5]),
                "the full pixel and the gap"
            );
            Assert.That(read.Measurement.Data.Values[22], Is.Zero);
            Assert.That(read.Notes, Has.Some.Contains("1 negative values were set to 0"));
            Assert.That(read.Notes, Has.Some.Contains("1 pixels that reach 65535"));
        });
    }

    [TestCase(false, DiffractionUnit.Counts)]
    [TestCase(true, DiffractionUnit.Intensity)]
    public void FloatsThatAreWholeNumbersAreCounts(bool half, DiffractionUnit unit)
    {
        float[] frame = [.. Enumerable.Range(0, 16).Select(i => (float)i)];
        frame[9] += half ? 0.5f : 0;
        Save(frame, 4);
        Assert.That(Read(new ImportOptions { Probe = Flat }).Data.Unit, Is.EqualTo(unit));
    }

    /// <summary>Centred frames declared to have their zero frequency at [0, 0], and the other way round.</summary>
    [Test]
    public void AZeroFrequencyInTheWrongPlaceIsSeen([Values] bool inCorner, [Values] bool declared)
    {
        var (height, width) = (10, 16);
        var frame = new float[height * width];
        var (top, left) = inCorner ? (0, 0) : (height / 2, width / 2);
        for (var row = -2; row <= 2; row++)
        for (var column = -2; column <= 2; column++)
            frame[(top + row + height) % height * width + (left + column + width) % width] = 100 - 20 * Math.Abs(row);
        NpyFile.Write(_path, NumericArray.Create<float>(frame, 1, height, width));
        var options = new ImportOptions
        {
            Probe = Probe.FromField(ComplexField.Constant(height, width, 1)),
            ZeroFrequency = declared ? (0, 0) : null,
        };
        using var stack = NpySource.Open(_path);
        var read = StackImport.Read(stack, [new(0, 0)], PositionUnit.Pixels, options);
        var report = PreflightReport.Create(read);
        Assert.That(read.StoredLightCentre, Is.EqualTo((top, left)));
        Assert.That(report.IsLightDisplaced, Is.EqualTo(inCorner != declared));
        Assert.That(
            report.Warnings.Any(warning => warning.Contains($"stored pixel ({top}, {left})", StringComparison.Ordinal)),
            Is.EqualTo(inCorner != declared)
        );
    }

    /// <summary>A tilted beam is a number in the report, and what to say is too.</summary>
    [Test]
    public void ABeamBesideTheCentreIsMeasured()
    {
        var frame = new float[32 * 32];
        for (var row = -2; row <= 2; row++)
        for (var column = -2; column <= 2; column++)
            frame[(16 + 3 + row) * 32 + 16 - 4 + column] = 10;
        Save(frame, 32);
        using var stack = NpySource.Open(_path);
        var options = new ImportOptions { Probe = Probe.FromField(ComplexField.Constant(32, 32, 1)) };
        var read = StackImport.Read(stack, [new(0, 0)], PositionUnit.Pixels, options);
        var report = PreflightReport.Create(read);
        Assert.That(report.LightOffset!.Value.Row, Is.EqualTo(3).Within(1e-6));
        Assert.That(report.LightOffset.Value.Column, Is.EqualTo(-4).Within(1e-6));
        Assert.That(report.IsLightDisplaced, Is.False);
        Assert.That(report.ToString(), Does.Contain("(3.0, -4.0) px from the zero frequency, stored pixel (19, 12)"));
    }

    [Test]
    public void LightThatIsSpreadAllOverHasNoCentre()
    {
        Save([.. Enumerable.Range(0, 64).Select(i => 100f + i % 7)], 8);
        var read = Read(new ImportOptions { Probe = Probe.FromField(ComplexField.Constant(8, 8, 1)) });
        Assert.That(PreflightReport.Create(read).LightOffset, Is.Null);
    }

    private void Save(float[] values, int side) =>
        NpyFile.Write(_path, NumericArray.Create<float>(values, values.Length / (side * side), side, side));

    private Measurement Read(ImportOptions options)
    {
        using var stack = NpySource.Open(_path);
        return StackImport.Read(stack, [new ScanPosition(0, 0)], PositionUnit.Pixels, options).Measurement;
    }

    /// <summary>Frames in memory.</summary>
    private sealed class Frames(DiffractionData data) : IArraySource
    {
        public string Path => "memory";

        public ElementType ElementType => ElementType.Float32;

        public System.Collections.Immutable.ImmutableArray<long> Shape => [data.FrameCount, data.Height, data.Width];

        public NumericArray ReadRange(long first, long count)
        {
            var size = data.Height * data.Width;
            return NumericArray.Create<float>(
                data.Values.AsSpan((int)first * size, (int)count * size),
                (int)count,
                data.Height,
                data.Width
            );
        }

        public void ReadRangeInto(long first, long count, Span<byte> destination) => throw new NotSupportedException();

        public void Dispose() { }
    }
}
