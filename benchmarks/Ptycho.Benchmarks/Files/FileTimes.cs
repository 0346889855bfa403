using System.Diagnostics;
using System.Text.Json;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;

namespace Ptycho.Benchmarks.Files;

/// <summary>
/// Seconds that reading and writing of whole files takes, the least and the median of several runs. Not BenchmarkDotNet:
/// files of a gigabyte are read once a run, and Python does the same in the same minute. See benchmarks/run-files.sh.
/// </summary>
internal static class FileTimes
{
    private const int Runs = 5;

    public static void Measure(string folder, string result, IReadOnlyCollection<string> wanted)
    {
        string Place(string name) => Path.Combine(folder, name);
        var pixels = NpyFile.Read(Place("rgb.npy"));
        var image = new RgbImage(pixels.Shape[1], pixels.Shape[0]);
        pixels.Bytes.CopyTo(image.Pixels);
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["a"] = NpyFile.Read(Place("a.npy")),
        };
        var jobs = new Dictionary<string, Action>(StringComparer.Ordinal)
        {
            ["read CXI, frame by frame"] = () => ReadFrames(Place("plain.cxi")),
            ["read CXI deflated, frame by frame"] = () => ReadFrames(Place("deflated.cxi")),
            ["write PNG"] = () => PngFile.Write(Place("ours.png"), image),
            ["write npz"] = () => NpzFile.Write(Place("ours.npz"), arrays),
            ["write npz deflated"] = () => NpzFile.Write(Place("ours-deflated.npz"), arrays, compress: true),
        };
        var times = jobs.Where(job => wanted.Count == 0 || wanted.Contains(job.Key))
            .ToDictionary(job => job.Key, job => Time(job.Value));
        File.WriteAllText(result, JsonSerializer.Serialize(times));
    }

    private static double[] Time(Action run)
    {
        run();
        var times = new double[Runs];
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return times;
    }

    private static void ReadFrames(string path)
    {
        using var file = Hdf5File.Open(path);
        using var stack = file.OpenDataset("entry_1/data_1/data");
        var frame = new byte[stack.Shape[1] * stack.Shape[2] * ElementTypes.SizeOf(stack.ElementType)];
        for (var k = 0L; k < stack.Shape[0]; k++)
            stack.ReadRangeInto(k, 1, frame);
    }
}
