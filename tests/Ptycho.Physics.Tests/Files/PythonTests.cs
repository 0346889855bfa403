using System.Diagnostics;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Matlab;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.IO.Tiff;
using Ptycho.Physics.Files;
using Ptycho.Physics.Files.Products;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files;

/// <summary>
/// Python's programs read what we write and we read what they write, bit for bit; tests/data/python/files.py is their
/// side. Skipped where python3 has no h5py, scipy, tifffile, Pillow or skimage.
/// </summary>
[Category("Long")]
public class PythonTests
{
    private const int Frames = 4;
    private const int Height = 6;
    private const int Width = 7;

    private static readonly string[] Types =
    [
        "u1",
        "i1",
        "u2",
        "i2",
        "u4",
        "i4",
        "u8",
        "i8",
        "f2",
        "f4",
        "f8",
        "c8",
        "c16",
    ];

    private static readonly ExperimentGeometry Geometry = new()
    {
        Energy = 1.3e-15,
        Distance = 2.1,
        DetectorPixelHeight = 75e-6,
        DetectorPixelWidth = 55e-6,
    };

    private string _folder = "";

    [SetUp]
    public void CreateFolder()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
        var (code, text) = Python("-c", "import h5py, scipy, tifffile, PIL, skimage.io");
        if (code != 0)
            Assert.Ignore($"python3 with h5py, scipy, tifffile, Pillow and skimage is not here: {text}");
        _folder = Directory.CreateTempSubdirectory("ptycho-python-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (_folder.Length > 0)
            Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void TheyReadWhatWeWrite()
    {
        var arrays = Types.ToDictionary(type => $"type-{type}", Sample, StringComparer.Ordinal);
        foreach (var (name, array) in arrays)
        {
            var type = name[5..];
            NpyFile.Write(Place($"{name}.npy"), array);
            TiffFile.Write(Place($"plain-{type}.tif"), array);
            TiffFile.Write(
                Place($"deflated-{type}.tif"),
                array,
                new TiffOptions { Compression = TiffCompression.Deflate }
            );
            TiffFile.Write(Place($"big-{type}.tif"), array, new TiffOptions { Big = true });
        }
        Hdf5File.Write(
            Place("types.h5"),
            root =>
            {
                foreach (var (name, array) in arrays)
                {
                    root.WriteDataset($"plain/{name[5..]}", array);
                    root.WriteDataset($"deflated/{name[5..]}", array, new Hdf5StorageOptions { DeflateLevel = 6 });
                }
            }
        );
        WriteImage(arrays);
        WriteMeasurement(arrays);
        NpzFile.Write(Place("expected.npz"), arrays);
        NpzFile.Write(Place("expected-deflated.npz"), arrays, compress: true);
        var (code, text) = Python(Script(), "read", _folder);
        TestContext.Out.WriteLine(text);
        Assert.That(code, Is.Zero, text);
    }

    [Test]
    public void WeReadWhatTheyWrite()
    {
        var (code, text) = Python(Script(), "write", _folder);
        Assert.That(code, Is.Zero, text);
        var expected = NpzFile.Read(Place("expected-python.npz"));
        foreach (var (key, array) in NpzFile.Read(Place("expected-python-deflated.npz")))
            AssertSame(key, array, expected[key]);
        var mat = MatFile.Read(Place("types.mat"));
        using var h5 = Hdf5File.Open(Place("types.h5"));
        foreach (var type in Types)
        {
            var wanted = expected[$"type-{type}"];
            foreach (var kind in (string[])["type", "fortran", "swapped"])
                AssertSame($"{kind}-{type}.npy", NpyFile.Read(Place($"{kind}-{type}.npy")), wanted);
            foreach (var kind in (string[])["plain", "tiled"])
                AssertSame($"{kind}-{type}.tif", TiffFile.Read(Place($"{kind}-{type}.tif")), wanted);
            foreach (var kind in (string[])["plain", "chunked"])
                AssertSame($"{kind}/{type}", h5.Read($"{kind}/{type}"), wanted);
            if (mat.TryGetValue($"v_{type}", out var stored))
                Assert.That(stored.ToInterleavedSingle(), Is.EqualTo(wanted.ToInterleavedSingle()), type);
        }
        Assert.That(mat, Has.Count.EqualTo(Types.Length - 1));
        var page = TiffFile.Read(Place("skimage.tif")).Bytes;
        Assert.That(page.SequenceEqual(expected["type-u2"].Bytes[..(17 * 21 * 2)]), Is.True);
        foreach (var name in (string[])["pillow.png", "skimage.png"])
            Assert.That(PngFile.Read(Place(name)).Pixels, Is.EqualTo(expected["rgb"].Bytes.ToArray()), name);
    }

    private void WriteImage(Dictionary<string, NumericArray> arrays)
    {
        var image = new RgbImage(19, 23);
        for (var i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(i * 37);
        PngFile.Write(Place("image.png"), image);
        arrays["rgb"] = NumericArray.Create<byte>(image.Pixels, 23, 19, 3);
    }

    private void WriteMeasurement(Dictionary<string, NumericArray> arrays)
    {
        var random = new Random(5);
        float[] Randoms(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        ComplexField Field(int height, int width) =>
            new(height, width, Randoms(height * width), Randoms(height * width));
        var (values, weights) = (Randoms(Frames * Height * Width), Randoms(Height * Width));
        weights[8] = 0;
        var data = new DiffractionData(
            values,
            Frames,
            Height,
            Width,
            DiffractionUnit.Intensity,
            mask: new DetectorMask(weights, [1, 0.5f, 1, 0.25f])
        );
        var probe = Probe.FromModes([Field(Height, Width), Field(Height, Width)]);
        var scan = new ScanPattern([new(0, 0.5), new(1 / 3.0, 4), new(5, 2), new(4.75, 5.125)]);
        var measurement = new Measurement(data, scan, probe, 12, 13);
        var result = Field(12, 13);
        CxiFile.Write(Place("scan.cxi"), measurement, Geometry);
        PtydFile.Write(Place("scan.ptyd"), measurement, Geometry);
        var product = ReconstructionProduct.Create(measurement, Geometry, result);
        PtyrFile.Write(Place("recon.ptyr"), product);
        PtychodusProductFile.Write(Place("product.h5"), product);
        arrays["frames"] = NumericArray.Create<float>(values, Frames, Height, Width);
        arrays["weights"] = NumericArray.Create<float>(weights, Height, Width);
        arrays["frame_weights"] = NumericArray.Create<float>([1, 0.5f, 1, 0.25f], Frames);
        arrays["object"] = NumericArray.FromComplexField(result);
        arrays["probe"] = NumericArray.CreateComplex64(
            [
                .. probe
                    .Modes.SelectMany(mode => mode.Real.Zip(mode.Imaginary, (re, im) => new[] { re, im }))
                    .SelectMany(z => z),
            ],
            2,
            Height,
            Width
        );
        arrays["yx"] = NumericArray.Create<double>([.. scan.SelectMany(p => new[] { p.Row, p.Column })], Frames, 2);
        arrays["energy"] = NumericArray.Create<double>([Geometry.Energy]);
        arrays["distance"] = NumericArray.Create<double>([Geometry.Distance]);
        arrays["pixel"] = NumericArray.Create<double>([Geometry.DetectorPixelHeight, Geometry.DetectorPixelWidth], 2);
    }

    // Bytes that make any type's small numbers.
    private static NumericArray Sample(string type)
    {
        var values = Enumerable.Range(0, 5 * 11 * 13).Select(i => i * 7 % 100).ToArray();
        int[] shape = [5, 11, 13];
        return type switch
        {
            "u1" => NumericArray.Create<byte>([.. values.Select(v => (byte)v)], shape),
            "i1" => NumericArray.Create<sbyte>([.. values.Select(v => (sbyte)-v)], shape),
            "u2" => NumericArray.Create<ushort>([.. values.Select(v => (ushort)(v * 600))], shape),
            "i2" => NumericArray.Create<short>([.. values.Select(v => (short)(-300 * v))], shape),
            "u4" => NumericArray.Create<uint>([.. values.Select(v => (uint)v * 40_000_000)], shape),
            "i4" => NumericArray.Create<int>([.. values.Select(v => -20_000_000 * v)], shape),
            "u8" => NumericArray.Create<ulong>([.. values.Select(v => (ulong)v << 56)], shape),
            "i8" => NumericArray.Create<long>([.. values.Select(v => -(long)v << 55)], shape),
            "f2" => NumericArray.Create<Half>([.. values.Select(v => (Half)(v / 3.0))], shape),
            "f4" => NumericArray.Create<float>([.. values.Select(v => v / 3f)], shape),
            "f8" => NumericArray.Create<double>([.. values.Select(v => v / 3.0)], shape),
            "c8" => NumericArray.CreateComplex64([.. values.SelectMany(v => new[] { v / 3f, 7f - v })], shape),
            _ => NumericArray.Create<System.Numerics.Complex>(
                [.. values.Select(v => new System.Numerics.Complex(v / 3.0, 7 - v))],
                shape
            ),
        };
    }

    private static void AssertSame(string name, NumericArray got, NumericArray wanted)
    {
        Assert.That((got.ElementType, got.ToString()), Is.EqualTo((wanted.ElementType, wanted.ToString())), name);
        Assert.That(got.Bytes.SequenceEqual(wanted.Bytes), Is.True, name);
    }

    private static string Script() =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "python", "files.py");

    private string Place(string name) => Path.Combine(_folder, name);

    private static (int Code, string Text) Python(params string[] arguments)
    {
        var program = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
