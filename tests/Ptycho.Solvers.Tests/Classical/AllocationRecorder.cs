using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical;

/// <summary>Notes after each iteration what its thread has allocated.</summary>
internal sealed class AllocationRecorder(int count) : IProgress<ReconstructionProgress>
{
    private const int Solves = 5;
    private readonly long[] _bytes = new long[count];

    /// <summary>
    /// Bytes allocated between two iterations, the least of several solves: the runtime's own work falls into one now and then,
    /// what an iteration allocates is in all of them.
    /// </summary>
    /// <param name="count">Iterations of a solve.</param>
    /// <param name="first">The iteration, from 0, from whose end on bytes count.</param>
    /// <param name="solve">A solve that reports to the recorder given.</param>
    public static long Least(int count, int first, Action<AllocationRecorder> solve)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Solves && least > 0; i++)
        {
            var recorder = new AllocationRecorder(count);
            solve(recorder);
            least = Math.Min(least, recorder._bytes[^1] - recorder._bytes[first]);
        }
        return least;
    }

    public void Report(ReconstructionProgress value) =>
        _bytes[value.Iteration - 1] = GC.GetAllocatedBytesForCurrentThread();
}
