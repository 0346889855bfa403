using System.Diagnostics;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Tests.Posterior;

namespace Ptycho.Solvers.Tests.Checkpoints;

/// <summary>The test assembly's entry point: one annealed solve with checkpoints, for tests that kill it.</summary>
internal static class ChildProcess
{
    internal static readonly AnnealedOptions Options = new()
    {
        Levels = 60,
        DataIterations = 12,
        WarmStartIterations = 30,
        Seed = 8,
    };

    private static int Main(string[] args)
    {
        if (args is not ["solve", var checkpoint, var result])
            return 2;
        using var small = new Small();
        var solver = new AnnealedSolver(new FlatPrior(0.5), Options)
        {
            Checkpoint = new CheckpointOptions { Path = checkpoint },
        };
        var found = solver.Solve(small.Measurement).Object;
        NpzFile.Write(
            result,
            new Dictionary<string, NumericArray> { ["object"] = NumericArray.FromComplexField(found) }
        );
        return 0;
    }

    internal static Process Start(string checkpoint, string result)
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [typeof(ChildProcess).Assembly.Location, "solve", checkpoint, result]
        );
        return Process.Start(info) ?? throw new InvalidOperationException("dotnet did not start.");
    }
}
