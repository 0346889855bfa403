using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Networks;
using Ptycho.Diffusion.Tests.Training;
using Ptycho.Diffusion.Transforms;
using Ptycho.Tests.Shared;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Sampling;

/// <summary>Samples of a network have the same bits beside the collector, and beside other samples.</summary>
public sealed class SamplingThreadTests
{
    [Test]
    public void The_collector_at_work_changes_no_bit(
        [Values("ddpm", "ddim", "solver", "learned variance")] string method
    )
    {
        using var prior = Prior(method);
        var sampler = Sampler(method, prior);
        var expected = Sample(sampler, seed: 4);
        using var collector = new BusyCollector();
        collector.Beside(() => Assert.That(Sample(sampler, seed: 4), Is.EqualTo(expected)));
    }

    [Test]
    public void One_sampler_serves_two_threads([Values("ddpm", "ddim", "solver", "learned variance")] string method)
    {
        using var prior = Prior(method);
        var sampler = Sampler(method, prior);
        var expected = new[] { 4L, 5L }.Select(seed => Sample(sampler, seed)).ToArray();
        Assert.That(expected[0], Is.Not.EqualTo(expected[1]));
        var tasks = new[] { 4L, 5L }
            .Select(seed => Task.Factory.StartNew(() => Sample(sampler, seed), TaskCreationOptions.LongRunning))
            .ToArray();
        for (var i = 0; i < tasks.Length; i++)
            Assert.That(tasks[i].GetAwaiter().GetResult(), Is.EqualTo(expected[i]));
    }

    private static float[] Sample(PriorSampler sampler, long seed)
    {
        using var samples = sampler.Sample(2, 8, 8, seed: seed);
        return samples.data<float>().ToArray();
    }

    private static PriorSampler Sampler(string method, NetworkPrior prior) =>
        method switch
        {
            "ddim" => PriorSampler.Ddim(prior, 12, eta: 0.5),
            "solver" => PriorSampler.DpmSolver(prior, 12),
            _ => PriorSampler.Ddpm(prior, 12),
        };

    private static NetworkPrior Prior(string method)
    {
        var network = new CompactUNet(TinyTraining.Size with { LearnsVariance = method == "learned variance" });
        CompactUNetTests.Shake(network, 3);
        return new(network, NoiseSchedule.Linear(), new MagnitudePhaseTransform(), Prediction.Velocity);
    }
}
