using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ptycho.Physics.Tests.Fuzzing;

/// <summary>Damaged files through a reader in processes of its own, each started anew where the last one ended.</summary>
internal static class FuzzRun
{
    private const long LargestMemory = 1L << 30;

    private static readonly TimeSpan LongestFile = TimeSpan.FromSeconds(120);

    public static FuzzResult Run(string reader, string good, int start, int count)
    {
        var total = new FuzzResult();
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(memory, $"ptycho-fuzz-{Guid.NewGuid():N}")).FullName;
        try
        {
            for (var first = start; first < start + count; )
                first = Continue(reader, good, folder, first, start + count, total);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return total;
    }

    // Gives the number of the file after the last one that was tried.
    private static int Continue(string reader, string good, string folder, int first, int end, FuzzResult total)
    {
        var resultPath = Path.Combine(folder, "result.json");
        File.Delete(resultPath);
        File.WriteAllBytes(Path.Combine(folder, "progress"), BitConverter.GetBytes(first));
        string[] arguments =
        [
            typeof(FuzzProgram).Assembly.Location,
            reader,
            good,
            folder,
            first.ToString(CultureInfo.InvariantCulture),
            end.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet", arguments)
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var stopped = !Watch(process, folder);
        if (stopped)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        // Above 128 a signal ended it, which no managed code can do.
        if (!stopped && process.ExitCode is not 0 and <= 128)
            throw new AssertionException($"exit code {process.ExitCode}: {errors.Result}");
        if (File.Exists(resultPath))
        {
            total.Add(JsonSerializer.Deserialize<FuzzResult>(File.ReadAllText(resultPath))!);
            return end;
        }
        var last = Progress(folder);
        (stopped ? total.Stopped : total.Crashed).Add(last);
        TestContext.Out.WriteLine(
            $"{reader}, damage {last}: {(stopped ? "stopped: too long, or too much memory" : $"exit code {process.ExitCode}")}"
        );
        // What the process did before it ended was right.
        total.Refused += last - first;
        return last + 1;
    }

    private static bool Watch(Process process, string folder)
    {
        var (last, since) = (-1, Stopwatch.GetTimestamp());
        while (!process.WaitForExit(200))
        {
            var now = Progress(folder);
            if (now != last)
                (last, since) = (now, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > LongestFile)
                return false;
            if (Memory(process) > LargestMemory)
                return false;
        }
        return true;
    }

    private static long Memory(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended since it was waited for.
            return 0;
        }
    }

    private static int Progress(string folder)
    {
        using var file = new FileStream(
            Path.Combine(folder, "progress"),
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        var bytes = new byte[4];
        file.ReadExactly(bytes);
        return BitConverter.ToInt32(bytes);
    }
}
