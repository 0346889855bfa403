using BenchmarkDotNet.Attributes;
using Ptycho.Benchmarks.Guidance;
using Ptycho.Benchmarks.Networks;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Annealing;

/// <summary>
/// A whole reconstruction by the annealed solver's default preset against as many bare forward passes of its network, the
/// preset Compact in float32: the column Ratio is the solver's time over the network's. SolveAround runs with an empty
/// network, so that its ratio is the share of all that is not the network's own kernels, and other load disturbs it less.
/// </summary>
[WarmupCount(1)]
[IterationCount(5)]
public class AnnealedOverheadCpu : IDisposable
{
    private GuidanceExperiment experiment = null!;
    private AnnealedSolver solver = null!;
    private AnnealedSolver around = null!;
    private NetworkPrior empty = null!;
    private Tensor state = null!;
    private Tensor time = null!;

    [GlobalSetup]
    public void Prepare()
    {
        using var generator = new Generator(1);
        experiment = new GuidanceExperiment();
        solver = new AnnealedSolver(experiment.Prior);
        empty = GuidanceExperiment.PriorOf(new EmptyNetwork());
        around = new AnnealedSolver(empty);
        state = randn([AnnealedOptions.Default.Chains, 2, 128, 128], generator: generator);
        time = full(AnnealedOptions.Default.Chains, 300f, dtype: ScalarType.Float32);
    }

    [Benchmark(Baseline = true)]
    public void NetworkAlone()
    {
        using var noGrad = no_grad();
        for (var i = 0; i < AnnealedOptions.Default.Levels; i++)
        {
            using var scope = NewDisposeScope();
            experiment.Prior.Network.forward(state, time);
        }
    }

    [Benchmark]
    public void Solve() => solver.Solve(experiment.Measurement);

    [Benchmark]
    public void SolveAround() => around.Solve(experiment.Measurement);

    [GlobalCleanup]
    public void Dispose()
    {
        empty.Dispose();
        experiment.Dispose();
        state.Dispose();
        time.Dispose();
        GC.SuppressFinalize(this);
    }
}
