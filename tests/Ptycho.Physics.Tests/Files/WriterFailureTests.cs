using System.Diagnostics;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.IO.Safetensors;
using Ptycho.IO.Tiff;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files;

/// <summary>A disk that is full, or a folder that is not there: an error that names the file, and the old one stays.</summary>
public class WriterFailureTests
{
    private static readonly byte[] Old = [1, 2, 3];

    public static IEnumerable<TestCaseData> Writers()
    {
        // Two megabytes that cannot be packed into less than one.
        var random = new Random(1);
        var values = new float[512 * 1024];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextSingle();
        var array = NumericArray.Create<float>(values, 8, 256, 256);
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal) { ["a"] = array };
        yield return Case("npy", path => NpyFile.Write(path, array));
        yield return Case("npz", path => NpzFile.Write(path, arrays, compress: true));
        yield return Case(
            "safetensors",
            path => SafetensorsFile.Write(path, new SafetensorsContent(arrays, new Dictionary<string, string>()))
        );
        yield return Case("TIFF", path => TiffFile.Write(path, array));
        yield return Case(
            "TIFF deflated",
            path => TiffFile.Write(path, array, new TiffOptions { Compression = TiffCompression.Deflate })
        );
        yield return Case(
            "PNG",
            path =>
            {
                var image = new RgbImage(1024, 1024);
                random.NextBytes(image.Pixels);
                PngFile.Write(path, image);
            }
        );
        if (!Hdf5File.IsAvailable)
            yield break;
        yield return Case("HDF5", path => Hdf5File.Write(path, root => root.WriteDataset("a", array)));
        var data = new DiffractionData(values, 8, 256, 256, DiffractionUnit.Intensity);
        var measurement = new Measurement(
            data,
            new ScanPattern(Enumerable.Range(0, 8).Select(k => new ScanPosition(k, 0))),
            Probe.FromField(ComplexField.Constant(256, 256, 1)),
            300,
            300
        );
        var geometry = new ExperimentGeometry
        {
            Energy = 1e-15,
            Distance = 1,
            DetectorPixelHeight = 1e-4,
            DetectorPixelWidth = 1e-4,
        };
        yield return Case("CXI", path => CxiFile.Write(path, measurement, geometry));
        yield return Case("ptyd", path => PtydFile.Write(path, measurement, geometry));
    }

    [TestCaseSource(nameof(Writers))]
    public void AFullDiskKeepsTheOldFile(Action<string> write)
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-full-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Ignore("a small tmpfs could not be mounted here; that needs root.");
        }
        try
        {
            var path = Path.Combine(folder, "result");
            File.WriteAllBytes(path, Old);
            Assert.That(() => write(path), Throws.InstanceOf<IOException>());
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(Old));
            Assert.That(Directory.GetFileSystemEntries(folder), Is.EqualTo(new[] { path }), "nothing else is left");
        }
        finally
        {
            Run("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    [TestCaseSource(nameof(Writers))]
    public void AReadOnlyFolderKeepsTheOldFile(Action<string> write)
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-readonly-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Ignore("a tmpfs could not be mounted here; that needs root.");
        }
        try
        {
            var path = Path.Combine(folder, "result");
            File.WriteAllBytes(path, Old);
            Assert.That(Run("mount", "-o", "remount,ro", folder), Is.Zero);
            Assert.That(
                () => write(path),
                Throws
                    .InstanceOf<IOException>()
                    .Or.InstanceOf<UnauthorizedAccessException>()
                    .With.Message.Contains(folder)
            );
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(Old));
        }
        finally
        {
            Run("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    [TestCaseSource(nameof(Writers))]
    public void AFolderThatIsNotThereIsNamed(Action<string> write) =>
        Assert.That(
            () => write("/nowhere/at/all/result"),
            Throws.InstanceOf<IOException>().With.Message.Contains("/nowhere/at/all")
        );

    private static TestCaseData Case(string name, Action<string> write) =>
        new TestCaseData(write).SetArgDisplayNames(name);

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
