using BenchmarkDotNet.Attributes;
using Ptycho.Benchmarks.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Sampling;

/// <summary>A step of DPM-Solver++ over a batch of 128×128 objects with the preset Compact, on the CPU and on CUDA.</summary>
[RequiresCuda]
public class SamplingDevices : IDisposable
{
    private const int Steps = 2;
    private NetworkPrior prior = null!;
    private PriorSampler sampler = null!;
    private Device device = null!;

    [Params("cpu", "cuda")]
    public string Device { get; set; } = "cpu";

    [Params(1, 8, 64)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        device = new Device(Device);
        var network = NetworkReference.Create();
        network.to(device);
        prior = new NetworkPrior(network, NoiseSchedule.Linear(), new MagnitudePhaseTransform(), Prediction.Velocity);
        sampler = PriorSampler.DpmSolver(prior, Steps);
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public void SamplingStep()
    {
        // The sampler looks at every state, so the device has finished when it returns.
        using var samples = sampler.Sample(Batch, 128, 128, seed: 1, device);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        prior.Dispose();
        GC.SuppressFinalize(this);
    }
}
