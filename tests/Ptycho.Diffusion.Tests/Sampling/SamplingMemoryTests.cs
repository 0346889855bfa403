using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Networks;
using Ptycho.Diffusion.Tests.Training;
using Ptycho.Diffusion.Transforms;
using Ptycho.Tests.Shared;

namespace Ptycho.Diffusion.Tests.Sampling;

/// <summary>Memory over many steps with a real network: 100 in every run of the tests, 10,000 among the long ones.</summary>
public sealed class SamplingMemoryTests
{
    [Test]
    public void Sampling_keeps_memory_flat([Values("ddpm", "ddim", "solver", "learned variance")] string method) =>
        Run(method, runs: 2, levels: 50);

    [Test, Category("Long")]
    public void Ten_thousand_steps_keep_memory_flat(
        [Values("ddpm", "ddim", "solver", "learned variance")] string method
    ) => Run(method, runs: 10, levels: 1000);

    private static void Run(string method, int runs, int levels)
    {
        var network = new CompactUNet(TinyTraining.Size with { LearnsVariance = method == "learned variance" });
        CompactUNetTests.Shake(network, 3);
        var transform = new MagnitudePhaseTransform();
        using var prior = new NetworkPrior(network, NoiseSchedule.Linear(levels), transform, Prediction.Velocity);
        var sampler = method switch
        {
            "ddim" => PriorSampler.Ddim(prior, levels, eta: 0.5),
            "solver" => new PriorSampler(prior, new DpmSolverRule(), LevelSpacing.Power(prior.Schedule, levels)),
            _ => PriorSampler.Ddpm(prior),
        };
        Assert.That(sampler.Levels, Has.Count.EqualTo(levels));
        // The numbers of each level are kept from the first run on.
        using (sampler.Sample(1, 8, 8, seed: 0)) { }
        var before = MemoryUse.Now();
        for (var run = 1; run <= runs; run++)
            using (sampler.Sample(1, 8, 8, seed: run)) { }
        MemoryUse.Now().AssertFlatSince(before, steady: runs * levels >= 10_000);
    }
}
