using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;
using static TorchSharp.torch;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>Measures the cost of methods, each in a process of its own, so that memory is the method's alone.</summary>
internal static class CostMeter
{
    /// <summary>The hidden command that measures one method and prints a <see cref="CostRow"/>.</summary>
    public const string Command = "measure";

    private const int Crop = 1;

    /// <summary>Measures in this process.</summary>
    public static CostRow Measure(Settings settings, string method, int overlap)
    {
        var scene = new Scene(Probes.H, Scans.Raster, overlap, StandardSimulation.PeakCounts);
        var options = new MethodOptions(settings);
        var trial = new Laboratory(settings.Objects, settings.CropSeed).Measure(scene, Crop);
        set_num_threads(settings.Threads);
        using var bench = new MethodBench(settings, options);
        var solver = bench.Create(method, trial);
        solver.Solve(trial.Measurement);
        var result = solver.Solve(trial.Measurement);
        using var process = Process.GetCurrentProcess();
        return new CostRow(
            method,
            overlap,
            settings.Threads,
            result.NetworkEvaluations,
            result.OperatorEvaluations,
            result.ComputeTime.TotalSeconds,
            process.PeakWorkingSet64 / 1e6,
            new Fingerprints(settings, options).Of(new Cell(scene, method, Crop))
        );
    }

    /// <summary>Starts this program again to measure one method.</summary>
    /// <exception cref="IOException">The other process failed; its words are in the message.</exception>
    public static CostRow MeasureApart(
        string method,
        int overlap,
        IEnumerable<string> options,
        CancellationToken cancellationToken
    )
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.Ordinal))
            start.ArgumentList.Add(typeof(CostMeter).Assembly.Location);
        foreach (
            var argument in (string[])[Command, method, overlap.ToString(CultureInfo.InvariantCulture), .. options]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<CostRow>(output, JsonOutput.Options)!
            : throw new IOException($"Measuring {method} at {overlap} % failed: {errors.Result.Trim()}");
    }
}
