using Ptycho.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Schedules;

public sealed class ForwardDiffusionTests
{
    private readonly NoiseSchedule _schedule = NoiseSchedule.Linear();

    [Test]
    public void Each_image_gets_the_noise_of_its_level()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var sample = randn([3, 2, 4, 4], generator: generator);
        var noise = randn([3, 2, 4, 4], generator: generator);
        int[] levels = [0, 400, 1000];

        var together = _schedule.AddNoise(sample, noise, levels);

        for (var i = 0; i < 3; i++)
        {
            var alone = _schedule.AddNoise(sample[i], noise[i], levels[i]);
            Assert.That(together[i].allclose(alone, 1e-6, 1e-6), Is.True);
        }
        Assert.That(together[0].allclose(sample[0]), Is.True);
    }

    [Test]
    public void Noising_in_two_stages_has_the_marginal_of_one()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var shape = new long[] { 1, 2, 128, 128 };
        var sample = ones(shape);
        var middle = _schedule.AddNoise(sample, randn(shape, generator: generator), 100);

        var end = _schedule.Renoise(middle, randn(shape, generator: generator), 100, 300);

        var alphaBar = _schedule.AlphaBar(300);
        Assert.That(end.mean().ToDouble(), Is.EqualTo(Math.Sqrt(alphaBar)).Within(0.02));
        Assert.That(end.var().ToDouble(), Is.EqualTo(1 - alphaBar).Within(3).Percent);
    }

    [Test]
    public void Wrong_batches_and_directions_are_refused()
    {
        using var scope = NewDisposeScope();
        var sample = zeros(2, 2, 4, 4);
        Assert.That(
            () => _schedule.AddNoise(sample, sample, [1, 2, 3]),
            Throws.ArgumentException.With.Message.Contains("as many levels")
        );
        Assert.That(() => _schedule.Renoise(sample, sample, 5, 4), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
