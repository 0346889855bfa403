using BenchmarkDotNet.Attributes;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;

namespace Ptycho.Benchmarks.Classical;

/// <summary>
/// The cost of one position (32×32) in one iteration, by the number of positions: every call takes 100,000 of them. All
/// on one thread.
/// </summary>
public class PositionsCpu
{
    private const int Visits = 100_000;
    private Measurement measurement = null!;

    [Params(5, 10, 20, 50, 100)]
    public int Side { get; set; }

    private int Sweeps => Visits / (Side * Side);

    [GlobalSetup]
    public void Prepare() => measurement = ClassicalScene.Square(Side);

    [Benchmark(OperationsPerInvoke = Visits)]
    public object Rpie() => new RpieSolver(ClassicalSolvers.Rpie(Sweeps)).Solve(measurement);

    [Benchmark(OperationsPerInvoke = Visits)]
    public object Awf() => new AwfSolver(ClassicalSolvers.Awf(Sweeps, threads: 1)).Solve(measurement);
}
