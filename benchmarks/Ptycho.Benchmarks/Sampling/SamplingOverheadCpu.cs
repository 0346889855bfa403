using BenchmarkDotNet.Attributes;
using Ptycho.Benchmarks.Networks;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Sampling;

/// <summary>
/// One step of sampling a 128×128 object against one bare forward pass of the same network, the preset Compact in float32:
/// the column Ratio is the whole step's time over the network's. The methods that end in Around step with an empty network,
/// so that their ratio is the share of all that is not the network's own kernels, and other load disturbs it less.
/// </summary>
public class SamplingOverheadCpu : IDisposable
{
    private const int Steps = 5;
    private static readonly int[] s_levels = [900, 700, 500, 300, 100];
    private NetworkPrior prior = null!;
    private NetworkPrior empty = null!;
    private Tensor state = null!;
    private Tensor time = null!;

    [GlobalSetup]
    public void Prepare()
    {
        using var generator = new Generator(1);
        prior = Prior(NetworkReference.Create());
        empty = Prior(new EmptyNetwork());
        state = randn([1, 2, 128, 128], generator: generator);
        time = full(1, 300f, dtype: ScalarType.Float32);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Steps)]
    public void NetworkAlone()
    {
        using var noGrad = no_grad();
        for (var i = 0; i < Steps; i++)
        {
            using var scope = NewDisposeScope();
            prior.Network.forward(state, time);
        }
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Ddim() => Run(prior, new DdimRule());

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Ddpm() => Run(prior, new AncestralRule());

    [Benchmark(OperationsPerInvoke = Steps)]
    public void DpmSolver() => Run(prior, new DpmSolverRule());

    [Benchmark(OperationsPerInvoke = Steps)]
    public void DdimAround() => Run(empty, new DdimRule());

    [Benchmark(OperationsPerInvoke = Steps)]
    public void DdpmAround() => Run(empty, new AncestralRule());

    [Benchmark(OperationsPerInvoke = Steps)]
    public void DpmSolverAround() => Run(empty, new DpmSolverRule());

    [GlobalCleanup]
    public void Dispose()
    {
        prior.Dispose();
        empty.Dispose();
        state.Dispose();
        time.Dispose();
        GC.SuppressFinalize(this);
    }

    private static NetworkPrior Prior(ScoreNetwork network) =>
        new(network, NoiseSchedule.Linear(), new MagnitudePhaseTransform(), Prediction.Velocity);

    private void Run(NetworkPrior of, IStepRule rule) =>
        new PriorSampler(of, rule, s_levels).Continue(state, seed: 1).Dispose();
}
