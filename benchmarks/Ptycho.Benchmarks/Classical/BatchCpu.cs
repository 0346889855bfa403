using BenchmarkDotNet.Attributes;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;

namespace Ptycho.Benchmarks.Classical;

/// <summary>The cost of one position of one of eight objects, in both ways of running, on one thread (OMP_NUM_THREADS=1) unless named.</summary>
public class BatchCpu
{
    private const int Objects = 8;
    private const int Sweeps = 10;
    private const int Positions = Objects * Sweeps * 49;
    private Measurement[] measurements = [];

    [GlobalSetup]
    public void Prepare() => measurements = [.. Enumerable.Repeat(ClassicalScene.Small(), Objects)];

    [Benchmark(OperationsPerInvoke = Positions)]
    public object AwfTensors() => new TensorAwfSolver(ClassicalSolvers.Awf(Sweeps, 1)).SolveMany(measurements);

    [Benchmark(OperationsPerInvoke = Positions)]
    public object RpieTensors() => new TensorRpieSolver(ClassicalSolvers.Rpie(Sweeps)).SolveMany(measurements);

    [Benchmark(OperationsPerInvoke = Positions)]
    public object RpieTensorsGrouped() =>
        new TensorRpieSolver(ClassicalSolvers.Rpie(Sweeps), new TensorOptions { GroupFrames = true }).SolveMany(
            measurements
        );

    [Benchmark(OperationsPerInvoke = Positions)]
    public void AwfManaged()
    {
        foreach (var measurement in measurements)
            new AwfSolver(ClassicalSolvers.Awf(Sweeps, 1)).Solve(measurement);
    }

    [Benchmark(OperationsPerInvoke = Positions)]
    public void RpieManaged()
    {
        foreach (var measurement in measurements)
            new RpieSolver(ClassicalSolvers.Rpie(Sweeps)).Solve(measurement);
    }

    [Benchmark(OperationsPerInvoke = Positions)]
    public object RpieManagedOnThreads() =>
        BatchReconstruction.Over(new RpieSolver(ClassicalSolvers.Rpie(Sweeps))).SolveMany(measurements);
}
