using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Predictions;

public sealed class PredictionTests
{
    private static readonly Prediction[] s_all =
    [
        Prediction.Epsilon,
        Prediction.Sample,
        Prediction.Velocity,
        Prediction.Score,
        Prediction.Preconditioned(0.6),
    ];

    private readonly NoiseSchedule _schedule = NoiseSchedule.Linear();

    private static (Tensor Sample, Tensor Noise) Draw()
    {
        using var generator = new Generator(11);
        return (
            randn([4, 2, 8, 8], dtype: ScalarType.Float64, generator: generator),
            randn([4, 2, 8, 8], dtype: ScalarType.Float64, generator: generator)
        );
    }

    [Test]
    public void A_perfect_output_gives_the_sample_back(
        [ValueSource(nameof(s_all))] Prediction prediction,
        [Values(1, 2, 300, 1000)] int level
    )
    {
        using var scope = NewDisposeScope();
        var (sample, noise) = Draw();
        var state = _schedule.AddNoise(sample, noise, level);
        var scales = prediction.At(_schedule, level);

        var target = scales.Target(sample, noise);

        Assert.That(scales.Denoise(state, target).allclose(sample, 1e-8, 1e-8), Is.True);
        Assert.That(scales.OutputFor(state, sample).allclose(target, 1e-7, 1e-7), Is.True);
    }

    [Test]
    public void Any_kind_converts_to_any_other_and_back(
        [ValueSource(nameof(s_all))] Prediction from,
        [ValueSource(nameof(s_all))] Prediction to
    )
    {
        using var scope = NewDisposeScope();
        var (state, output) = Draw();
        foreach (var level in new[] { 1, 100, 1000 })
        {
            var there = PredictionConversion.Convert(_schedule, state, output, level, from, to);
            var back = PredictionConversion.Convert(_schedule, state, there, level, to, from);
            Assert.That(back.allclose(output, 1e-7, 1e-7), Is.True);
        }
    }

    [Test]
    public void Closed_forms_hold()
    {
        using var scope = NewDisposeScope();
        var (sample, noise) = Draw();
        const int Level = 321;
        var (signal, spread) = (Math.Sqrt(_schedule.AlphaBar(Level)), Math.Sqrt(1 - _schedule.AlphaBar(Level)));

        var velocity = Prediction.Velocity.At(_schedule, Level).Target(sample, noise);
        var score = Prediction.Score.At(_schedule, Level).Target(sample, noise);

        Assert.That(velocity.allclose(noise * signal - sample * spread, 1e-10, 1e-10), Is.True);
        Assert.That(score.allclose(noise / -spread, 1e-10, 1e-10), Is.True);
    }

    [Test]
    public void Preconditioning_keeps_unit_variance_in_and_out()
    {
        const double Data = 0.6;
        foreach (var level in new[] { 1, 50, 400, 1000 })
        {
            var scales = Prediction.Preconditioned(Data).At(_schedule, level);
            var alphaBar = _schedule.AlphaBar(level);
            var input = scales.Input * scales.Input * (alphaBar * Data * Data + 1 - alphaBar);
            var output =
                scales.TargetSample * scales.TargetSample * Data * Data + scales.TargetNoise * scales.TargetNoise;
            Assert.That(input, Is.EqualTo(1).Within(1e-10));
            Assert.That(output, Is.EqualTo(1).Within(1e-10));
        }
    }

    [Test]
    public void A_batch_of_levels_agrees_with_single_levels([ValueSource(nameof(s_all))] Prediction prediction)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(12);
        var sample = randn([3, 2, 4, 4], generator: generator);
        var noise = randn([3, 2, 4, 4], generator: generator);
        int[] levels = [3, 300, 900];
        var state = _schedule.AddNoise(sample, noise, levels);

        var target = prediction.Target(_schedule, sample, noise, levels);
        var denoised = prediction.Denoise(_schedule, state, target, levels);
        var input = prediction.Input(_schedule, state, levels);

        for (var i = 0; i < 3; i++)
        {
            var scales = prediction.At(_schedule, levels[i]);
            Assert.That(target[i].allclose(scales.Target(sample[i], noise[i]), 1e-4, 1e-5), Is.True);
            Assert.That(denoised[i].allclose(sample[i], 1e-3, 1e-3), Is.True);
            Assert.That(input[i].allclose(state[i] * scales.Input, 1e-5, 1e-5), Is.True);
        }
    }

    [Test]
    public void Wrong_numbers_are_refused()
    {
        Assert.That(() => Prediction.Preconditioned(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => Prediction.Epsilon.At(_schedule, 0),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("1…1000")
        );
    }
}
