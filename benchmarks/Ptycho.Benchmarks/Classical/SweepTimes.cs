using System.Diagnostics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Benchmarks.Classical;

/// <summary>
/// The time from one iteration to the next inside of a solve, which leaves out what comes before and after: by the number
/// of positions, and for the larger scene. Allocations of the solving thread meanwhile are counted too.
/// </summary>
internal static class SweepTimes
{
    private const int Visits = 400_000;
    private const int WarmUp = 10_000;
    private static readonly int[] s_sides = [5, 10, 20, 50, 100];

    /// <param name="only">"all", a side of the raster of positions such as "10", or "large".</param>
    public static void Print(string only)
    {
        var sides = s_sides.Where(side => only == "all" || only == FormattableString.Invariant($"{side}"));
        // The first tenth of a second of a process runs code that is not optimised yet, however many positions there are.
        var small = ClassicalScene.Square(5);
        new RpieSolver(ClassicalSolvers.Rpie(WarmUp)).Solve(small, new Times(WarmUp));
        new AwfSolver(ClassicalSolvers.Awf(WarmUp, 1)).Solve(small, new Times(WarmUp));
        Console.WriteLine("one thread, µs a position in an iteration: median (minimum); bytes allocated an iteration");
        foreach (var side in sides)
        {
            var measurement = ClassicalScene.Square(side);
            var sweeps = Math.Clamp(Visits / (side * side), 30, 2000);
            Print($"{side * side} positions of 32×32", "rPIE", new RpieSolver(ClassicalSolvers.Rpie(sweeps)));
            Print($"{side * side} positions of 32×32", "AWF", new AwfSolver(ClassicalSolvers.Awf(sweeps, 1)));

            void Print(string scene, string name, IReconstructionSolver solver) =>
                Report(scene, name, side * side, Record(sweeps, p => solver.Solve(measurement, p)));
        }

        if (only is not ("all" or "large"))
            return;
        var large = ClassicalScene.Large();
        var frames = large.Data.FrameCount;
        const int Sweeps = 30;
        const string Scene = "400 positions of 128×128";
        var rpie = new RpieSolver(ClassicalSolvers.Rpie(Sweeps));
        Report(Scene, "rPIE", frames, Record(Sweeps, p => rpie.Solve(large, p)));
        var awf = new AwfSolver(ClassicalSolvers.Awf(Sweeps, 1));
        Report(Scene, "AWF", frames, Record(Sweeps, p => awf.Solve(large, p)));
    }

    private static Times Record(int sweeps, Action<Times> solve)
    {
        var times = new Times(sweeps);
        solve(times);
        return times;
    }

    private static void Report(string scene, string name, int positions, Times times)
    {
        var (median, least) = times.Microseconds();
        Console.WriteLine(
            FormattableString.Invariant(
                $"{scene}: {name} {median / positions:F2} ({least / positions:F2}); {times.Bytes()} B"
            )
        );
    }

    private sealed class Times(int count) : IProgress<ReconstructionProgress>
    {
        private readonly long[] _stamps = new long[count];
        private readonly long[] _bytes = new long[count];

        public void Report(ReconstructionProgress value)
        {
            _stamps[value.Iteration - 1] = Stopwatch.GetTimestamp();
            _bytes[value.Iteration - 1] = GC.GetAllocatedBytesForCurrentThread();
        }

        public (double Median, double Least) Microseconds()
        {
            var steps = Enumerable
                .Range(count / 4, count - 1 - count / 4)
                .Select(i => Stopwatch.GetElapsedTime(_stamps[i], _stamps[i + 1]).TotalMicroseconds)
                .Order()
                .ToArray();
            return (steps[steps.Length / 2], steps[0]);
        }

        public long Bytes() => (_bytes[^1] - _bytes[count / 4]) / (count - 1 - count / 4);
    }
}
