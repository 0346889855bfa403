using BenchmarkDotNet.Attributes;
using Ptycho.Benchmarks.Guidance;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Annealing;

/// <summary>One data step of the annealed solver: 150 iterations on one 128×128 object, 25 frames of 32×32, one thread.</summary>
[IterationCount(100)]
public class DataStepCpu : IDisposable
{
    private const int Iterations = 150;
    private readonly PriorPull _pull = new(1e-4, 1e-4);
    private GuidanceExperiment experiment = null!;
    private ManagedDataStep step = null!;
    private Tensor estimate = null!;

    [GlobalSetup]
    public void Prepare()
    {
        experiment = new GuidanceExperiment();
        step = new ManagedDataStep(experiment.Measurement, 1);
        estimate = ones([1, 128, 128], dtype: ScalarType.ComplexFloat32);
    }

    [Benchmark(OperationsPerInvoke = Iterations)]
    public void Iteration() => step.Solve(estimate, _pull, Iterations, momentum: true).Dispose();

    [GlobalCleanup]
    public void Dispose()
    {
        step.Dispose();
        experiment.Dispose();
        estimate.Dispose();
        GC.SuppressFinalize(this);
    }
}
