using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Measurements;

public class MeasurementFileTests
{
    private string _path = "";

    [SetUp]
    public void CreatePath() => _path = Path.Combine(Path.GetTempPath(), $"measurement-{Guid.NewGuid():N}.npz");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void EverythingComesBack([Values] DiffractionUnit unit)
    {
        var values = Enumerable.Range(0, 48).Select(i => (float)i).ToArray();
        var gain = unit == DiffractionUnit.Counts ? 1 : 7.5;
        var mask = new DetectorMask([.. Enumerable.Range(0, 24).Select(i => i / 23f)], [0.5f, 1]);
        var mode = SyntheticProbes.Gaussian(4, 6, 2, 0.1).Modes[0];
        var probe = Probe.FromModes([mode, ComplexField.Constant(4, 6, 0.25)]);
        var scan = new ScanPattern([new(0.25, -1), new(3, 2)]);
        var truth = ComplexField.Constant(9, 8, new(1, -2));
        var written = new Measurement(new DiffractionData(values, 2, 4, 6, unit, gain, mask), scan, probe, 9, 8);

        MeasurementFile.Write(_path, written, truth);
        var read = MeasurementFile.Read(_path);

        Assert.Multiple(() =>
        {
            Assert.That(read.Data.Values, Is.EqualTo(values));
            Assert.That(read.Data.Unit, Is.EqualTo(unit));
            Assert.That(read.Data.CountsPerUnit, Is.EqualTo(gain));
            Assert.That(read.Data.Mask!.PixelWeights, Is.EqualTo(mask.PixelWeights).AsCollection);
            Assert.That(read.Data.Mask!.FrameWeights!.Value, Is.EqualTo(mask.FrameWeights!.Value).AsCollection);
            Assert.That(read.Positions, Is.EqualTo(scan).AsCollection);
            Assert.That((read.ObjectHeight, read.ObjectWidth), Is.EqualTo((9, 8)));
            for (var m = 0; m < 2; m++)
            {
                Assert.That(read.Probe.Modes[m].Real, Is.EqualTo(probe.Modes[m].Real));
                Assert.That(read.Probe.Modes[m].Imaginary, Is.EqualTo(probe.Modes[m].Imaginary));
            }

            Assert.That(MeasurementFile.ReadTruth(_path)!.Imaginary, Is.EqualTo(truth.Imaginary));
        });
    }

    [TestCase("positions")]
    [TestCase("probe")]
    [TestCase("object_shape")]
    [TestCase("amplitude")]
    public void MissingKeysAreNamed(string key)
    {
        var arrays = Valid();
        arrays.Remove(key);
        NpzFile.Write(_path, arrays);
        Assert.That(
            () => MeasurementFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains($"'{key}'").And.Message.Contains(_path)
        );
    }

    [Test]
    public void WrongContentIsNamed()
    {
        Reject("positions", NumericArray.Create<double>([0, 0, 0], 1, 3), "'positions'");
        Reject("probe", NumericArray.Create<float>([1, 1], 2), "'probe'");
        Reject("probe", NumericArray.Create<float>([], 0, 2, 2), "mode");
        Reject("object_shape", NumericArray.Create<double>([4, 4.5], 2), "'object_shape'");
        Reject("amplitude", NumericArray.Create<float>([1, 1], 1, 2), "'amplitude'");
        Reject("amplitude", NumericArray.Create<float>([1, float.NaN, 1, 1], 1, 2, 2), "Frame 0, row 0, column 1");
        Reject("amplitude", NumericArray.CreateComplex64(new float[8], 1, 2, 2), "complex");
        Reject("counts", NumericArray.Create<float>([1, 1, 1, 1], 1, 2, 2), "exactly one");
        Reject("counts_per_unit", NumericArray.Create<double>([1, 2], 2), "'counts_per_unit'");
    }

    [TestCase(0, 4)]
    [TestCase(4, -1)]
    [TestCase(4, 2147483648.0)]
    [TestCase(double.NaN, 4)]
    public void AnObjectHasRowsAndColumns(double rows, double columns) =>
        Reject("object_shape", NumericArray.Create<double>([rows, columns], 2), "two whole numbers above 0");

    [Test]
    public void AnObjectMayBeOnePixelOrOneLongLine()
    {
        foreach (var shape in new double[][] { [1, 1], [1, Array.MaxLength] })
        {
            var arrays = Valid();
            arrays["object_shape"] = NumericArray.Create<double>(shape, 2);
            NpzFile.Write(_path, arrays);
            Assert.That(MeasurementFile.Read(_path).ObjectWidth, Is.EqualTo(shape[1]));
        }

        Reject("object_shape", NumericArray.Create<double>([1, int.MaxValue], 2), "larger than an array");
    }

    [Test]
    public void WeightsOfFramesNeedNoMask()
    {
        var arrays = Valid();
        arrays["frame_weights"] = NumericArray.Create<float>([0.5f], 1);
        NpzFile.Write(_path, arrays);
        var mask = MeasurementFile.Read(_path).Data.Mask!;
        Assert.That(mask.PixelWeights, Is.EqualTo((float[])[1, 1, 1, 1]));
        Assert.That(mask.FrameWeight(0), Is.EqualTo(0.5f));
    }

    [Test]
    public void ATruthHasTheObjectsShape()
    {
        var arrays = Valid();
        arrays["truth"] = NumericArray.Create<float>([1, 1], 2);
        NpzFile.Write(_path, arrays);
        Assert.That(
            () => MeasurementFile.ReadTruth(_path),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(_path).And.Message.Contains("two axes")
        );
        var measurement = MeasurementFile.Read(_path);
        foreach (var (rows, columns) in new[] { (4, 5), (5, 4) })
            Assert.That(
                () => MeasurementFile.Write(_path, measurement, new ComplexField(rows, columns)),
                Throws.ArgumentException.With.Message.Contains($"The truth is {rows}×{columns}, the object 4×4")
            );
        Assert.That(
            () => MeasurementFile.Write(null!, measurement),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("path")
        );
        Assert.That(
            () => MeasurementFile.Write(_path, null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("measurement")
        );
    }

    [Test]
    public void DroppedFramesComeBackAndTheirKeysAreChecked()
    {
        NpzFile.Write(_path, Valid());
        Assert.That(MeasurementFile.Read(_path).Dropped, Is.Empty);
        var dropped = new DroppedFrame[] { new(2, "dark"), new(9, "NaN") };
        MeasurementFile.Write(_path, MeasurementFile.Read(_path).WithDropped(dropped));
        Assert.That(MeasurementFile.Read(_path).Dropped, Is.EqualTo(dropped));
        Reject("dropped_frames", NumericArray.Create<long>([2], 1), "'dropped_reasons'");
        Reject("dropped_reasons", NumericArray.Create<byte>("[]"u8, 2), "'dropped_frames'");
        var arrays = Valid();
        arrays["dropped_frames"] = NumericArray.Create<long>([2], 1);
        arrays["dropped_reasons"] = NumericArray.Create<float>([2], 1);
        NpzFile.Write(_path, arrays);
        Assert.That(
            () => MeasurementFile.Read(_path),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("must be bytes (UInt8), not Float32")
        );
    }

    [Test]
    public void WithoutTruthThereIsNone()
    {
        NpzFile.Write(_path, Valid());
        Assert.That(MeasurementFile.ReadTruth(_path), Is.Null);
        Assert.That(MeasurementFile.Read(_path).Data.CountsPerUnit, Is.Null);
    }

    private void Reject(string key, NumericArray array, string message)
    {
        var arrays = Valid();
        arrays[key] = array;
        NpzFile.Write(_path, arrays);
        Assert.That(
            () => MeasurementFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(message).And.Message.Contains(_path)
        );
    }

    private static Dictionary<string, NumericArray> Valid() =>
        new(StringComparer.Ordinal)
        {
            ["amplitude"] = NumericArray.Create<float>([1, 1, 1, 1], 1, 2, 2),
            ["positions"] = NumericArray.Create<double>([0, 0], 1, 2),
            ["probe"] = NumericArray.Create<float>([1, 1, 1, 1], 2, 2),
            ["object_shape"] = NumericArray.Create<int>([4, 4], 2),
        };
}
