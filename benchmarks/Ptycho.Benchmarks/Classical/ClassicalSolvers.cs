using Ptycho.Solvers.Classical;

namespace Ptycho.Benchmarks.Classical;

/// <summary>The options that are timed, here and in benchmarks/python/classical.py.</summary>
internal static class ClassicalSolvers
{
    public static AwfOptions Awf(int iterations, int threads) =>
        new()
        {
            Stop = new() { Iterations = iterations },
            Start = StartObject.Unit,
            Threads = threads,
        };

    public static RpieOptions Rpie(int iterations) =>
        new()
        {
            Stop = new() { Iterations = iterations },
            Start = StartObject.Unit,
            Order = FrameOrder.Sequential,
        };
}
