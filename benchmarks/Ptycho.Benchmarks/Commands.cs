using System.Diagnostics;
using System.Globalization;
using Ptycho.Benchmarks.Classical;
using Ptycho.Benchmarks.Files;
using Ptycho.Benchmarks.Guidance;
using Ptycho.Benchmarks.Networks;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;

namespace Ptycho.Benchmarks;

/// <summary>What the scripts beside this project call; nothing of it needs BenchmarkDotNet.</summary>
internal static class Commands
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Runs a command, or returns false where the arguments are none.</summary>
    public static bool Run(string[] args)
    {
        switch (args)
        {
            case ["write-network", var path]:
                NetworkReference.Write(path);
                return true;
            case ["write-guidance", var path]:
                GuidanceReference.Write(path);
                return true;
            case ["write-classical", var scene, var path]:
                ClassicalReference.Write(path, scene);
                return true;
            case ["time-files", var folder, var path, .. var wanted]:
                FileTimes.Measure(folder, path, wanted);
                return true;
            case ["first-result", var path]:
                FirstResult(path);
                return true;
            case ["memory", var scene, var method]:
                PeakMemory(scene, method);
                return true;
            case ["sweeps"]:
                SweepTimes.Print("all");
                return true;
            case ["sweeps", var scene]:
                SweepTimes.Print(scene);
                return true;
            default:
                return false;
        }
    }

    // From the start of the process to an object: reading, 300 iterations of AWF, and the residual.
    private static void FirstResult(string path)
    {
        var result = new AwfSolver().Solve(MeasurementFile.Read(path));
        var elapsed = DateTime.Now - Process.GetCurrentProcess().StartTime;
        Console.WriteLine(
            FormattableString.Invariant(
                $"{result.Solver}: {result.Iterations} iterations, residual {result.Residual:F4}, "
            ) + FormattableString.Invariant($"{elapsed.TotalMilliseconds:F0} ms after the process began")
        );
    }

    private static void PeakMemory(string scene, string method)
    {
        var measurement = scene switch
        {
            "large" => ClassicalScene.Large(),
            "positions" => ClassicalScene.Square(100),
            _ => throw new ArgumentException($"There is no scene '{scene}': large or positions.", nameof(scene)),
        };
        var data = sizeof(float) * (double)measurement.Data.Values.Length;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // 5 sets the peak to what is resident now (Linux).
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Status("VmRSS:");
        if (string.Equals(method, "AWF", StringComparison.Ordinal))
            new AwfSolver(ClassicalSolvers.Awf(5, threads: 2)).Solve(measurement);
        else
            new RpieSolver(ClassicalSolvers.Rpie(5)).Solve(measurement);
        var peak = Status("VmHWM:");
        Console.WriteLine(
            FormattableString.Invariant(
                $"{method}, {scene}: data {data / Mebibyte:F0} MiB; while solving {(peak - before) / Mebibyte:F0} MiB more "
            ) + FormattableString.Invariant($"than before; {(peak - data) / Mebibyte:F0} MiB beyond the data in all")
        );
    }

    private static double Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024
            * double.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2), CultureInfo.InvariantCulture);
    }
}
