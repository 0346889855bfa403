using BenchmarkDotNet.Attributes;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;

namespace Ptycho.Benchmarks.Classical;

/// <summary>
/// An iteration over all frames: rPIE on one thread, AWF on two. A whole call of Solve is timed, with what comes before
/// and after its iterations. benchmarks/python/classical.py does the same in NumPy.
/// </summary>
public class ClassicalCpu
{
    private const int SmallSweeps = 400;
    private const int LargeSweeps = 60;
    private const int Threads = 2;
    private Measurement small = null!;
    private Measurement large = null!;

    [GlobalSetup]
    public void Prepare() => (small, large) = (ClassicalScene.Small(), ClassicalScene.Large());

    [Benchmark(OperationsPerInvoke = SmallSweeps)]
    public object RpieSmall() => new RpieSolver(ClassicalSolvers.Rpie(SmallSweeps)).Solve(small);

    [Benchmark(OperationsPerInvoke = SmallSweeps)]
    public object AwfSmall() => new AwfSolver(ClassicalSolvers.Awf(SmallSweeps, Threads)).Solve(small);

    [Benchmark(OperationsPerInvoke = LargeSweeps)]
    public object RpieLarge() => new RpieSolver(ClassicalSolvers.Rpie(LargeSweeps)).Solve(large);

    [Benchmark(OperationsPerInvoke = LargeSweeps)]
    public object AwfLarge() => new AwfSolver(ClassicalSolvers.Awf(LargeSweeps, Threads)).Solve(large);
}
