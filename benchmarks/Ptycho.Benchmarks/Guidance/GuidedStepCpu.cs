using BenchmarkDotNet.Attributes;
using Ptycho.Solvers.Guidance;

namespace Ptycho.Benchmarks.Guidance;

/// <summary>
/// A step of diffusion posterior sampling: network, ℓ1 energy of the far fields, gradient through the network, step down.
/// benchmarks/python/guided_step.py does the same.
/// </summary>
public class GuidedStepCpu : IDisposable
{
    private const int Steps = 5;
    private GuidanceExperiment experiment = null!;
    private DpsSampler sampler = null!;

    [GlobalSetup]
    public void Prepare()
    {
        experiment = new GuidanceExperiment();
        sampler = new DpsSampler(experiment.Prior, new DpsOptions { Steps = Steps, TravelLength = 0 });
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public void GuidedStep() => sampler.Run(experiment.Problem).Dispose();

    [GlobalCleanup]
    public void Dispose()
    {
        experiment.Dispose();
        GC.SuppressFinalize(this);
    }
}
