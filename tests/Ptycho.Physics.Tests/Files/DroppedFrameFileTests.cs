using System.Text;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files;

/// <summary>Which frames a measurement lacks, and why, through files.</summary>
public class DroppedFrameFileTests
{
    private static readonly DroppedFrame[] Lost = [new(1, "it holds no light"), new(4, "\"λ\"\nis −3, row 1")];

    private static readonly ExperimentGeometry Geometry = new()
    {
        Energy = 1e-15,
        Distance = 0.75,
        DetectorPixelHeight = 55e-6,
        DetectorPixelWidth = 55e-6,
    };

    private string _path = "";

    [SetUp]
    public void CreatePath() => _path = Path.Combine(Path.GetTempPath(), $"dropped-{Guid.NewGuid():N}.npz");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void TheyComeBack([Values("npz", "cxi", "ptyd")] string format, [Values] bool any)
    {
        var lost = any ? Lost : [];
        Write(format, Create(lost));
        Assert.That(Read(format).Dropped, Is.EqualTo(lost));
    }

    [Test]
    public void FramesDroppedOnReadingAreCountedAsTheyWereFirstGiven([Values("npz", "cxi", "ptyd")] string format)
    {
        // Of seven frames 1 and 4 are gone; 0, 2, 3, 5, 6 are left, and the file's frames 2 and 3 have no light.
        Write(format, Create(Lost, dark: [2, 3]));
        var dropped = Read(format, new() { DropEmpty = true, LargestDroppedShare = 0.5 }).Dropped;
        Assert.That(dropped.Select(d => d.Frame), Is.EqualTo(new[] { 1, 3, 4, 5 }));
        Assert.That(dropped[2], Is.EqualTo(Lost[1]));
        Assert.That(dropped[3].Reason, Does.Contain("light"));
    }

    [TestCase("dropped_frames", "[0.5]", "whole numbers")]
    [TestCase("dropped_reasons", "[\"one\", \"two\", \"three\"]", "each of the 2")]
    [TestCase("dropped_reasons", "[\"one\", null]", "each of the 2")]
    [TestCase("dropped_reasons", "one", "JSON")]
    [TestCase("dropped_reasons", "", "missing")]
    public void WhatIsWrongIsNamed(string key, string content, string problem)
    {
        Write("npz", Create(Lost));
        var arrays = new Dictionary<string, NumericArray>(NpzFile.Read(_path), StringComparer.Ordinal);
        if (content.Length == 0)
            arrays.Remove(key);
        else if (key == "dropped_frames")
            arrays[key] = NumericArray.Create<double>([0.5, 1], 2);
        else
            arrays[key] = NumericArray.Create<byte>(
                Encoding.UTF8.GetBytes(content),
                Encoding.UTF8.GetByteCount(content)
            );
        NpzFile.Write(_path, arrays);
        Assert.That(
            () => Read("npz"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(key).And.Message.Contains(problem)
        );
    }

    private void Write(string format, Measurement measurement)
    {
        if (format != "npz" && Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
        if (format == "npz")
            MeasurementFile.Write(_path, measurement);
        else if (format == "cxi")
            CxiFile.Write(_path, measurement, Geometry);
        else
            PtydFile.Write(_path, measurement, Geometry);
    }

    private Measurement Read(string format, CleaningOptions? cleaning = null)
    {
        var options = new ImportOptions { Cleaning = cleaning, Probe = Create([]).Probe };
        return format switch
        {
            "npz" => MeasurementFile.Read(_path, cleaning),
            "cxi" => CxiFile.Read(_path, options).Measurement,
            _ => PtydFile.Read(_path, options).Measurement,
        };
    }

    private static Measurement Create(IReadOnlyList<DroppedFrame> dropped, int[]? dark = null)
    {
        var values = Enumerable.Range(0, 5 * 16).Select(i => dark?.Contains(i / 16) == true ? 0 : 1f + i).ToArray();
        var scan = new ScanPattern(Enumerable.Range(0, 5).Select(k => new ScanPosition(k, 2 * k)));
        var probe = Probe.FromField(ComplexField.Constant(4, 4, 1));
        var data = new DiffractionData(values, 5, 4, 4, DiffractionUnit.Intensity);
        return new Measurement(data, scan, probe, 8, 12) { Dropped = dropped };
    }
}
