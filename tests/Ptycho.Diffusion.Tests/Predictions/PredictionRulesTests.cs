using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Predictions;

/// <summary>The numbers of each kind against their formulas, and what is refused.</summary>
public sealed class PredictionRulesTests
{
    private const int Level = 400;
    private const double Data = 0.6;
    private static readonly NoiseSchedule s_schedule = NoiseSchedule.Linear();
    private static readonly double s_sigma = s_schedule.Sigma(Level);

    [Test]
    public void Preconditioning_has_the_scales_of_karras()
    {
        // Table 1 of Karras et al. (2022), for the state x/√ᾱ that has the noise σ.
        var scales = Prediction.Preconditioned(Data).At(s_schedule, Level);
        var (signal, total) = (Math.Sqrt(s_schedule.AlphaBar(Level)), s_sigma * s_sigma + Data * Data);
        Assert.That(scales.Skip, Is.EqualTo(Data * Data / total / signal).Within(1e-12));
        Assert.That(scales.Output, Is.EqualTo(s_sigma * Data / Math.Sqrt(total)).Within(1e-12));
        Assert.That(scales.Input, Is.EqualTo(1 / Math.Sqrt(total) / signal).Within(1e-12));
    }

    [Test]
    public void Only_the_preconditioned_input_is_scaled()
    {
        using var scope = NewDisposeScope();
        var state = ones(1, 2, 4, 4);
        foreach (var plain in new[] { Prediction.Epsilon, Prediction.Sample, Prediction.Velocity, Prediction.Score })
        {
            Assert.That(plain.Input(s_schedule, state, [Level]), Is.SameAs(state));
            Assert.That(plain.At(s_schedule, Level).Input, Is.EqualTo(1));
        }
        Assert.That(Prediction.Preconditioned(Data).Input(s_schedule, state, [Level]), Is.Not.SameAs(state));
    }

    [Test]
    public void What_is_missing_is_named()
    {
        using var scope = NewDisposeScope();
        var (state, velocity) = (ones(1, 2, 4, 4), Prediction.Velocity);
        Assert.That(() => velocity.At(null!, Level), Throws.ArgumentNullException.With.Message.Contains("schedule"));
        Assert.That(
            () => PredictionConversion.Convert(s_schedule, state, state, Level, null!, velocity),
            Throws.ArgumentNullException.With.Message.Contains("from")
        );
        Assert.That(
            () => PredictionConversion.Convert(s_schedule, state, state, Level, velocity, null!),
            Throws.ArgumentNullException.With.Message.Contains("to")
        );
    }

    [Test]
    public void Noise_is_what_the_sample_leaves()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var sample = randn([1, 2, 4, 4], generator: generator);
        var noise = randn([1, 2, 4, 4], generator: generator);
        var state = s_schedule.AddNoise(sample, noise, Level);
        var found = PredictionConversion.Noise(s_schedule, state, sample, Level);
        Assert.That(found.allclose(noise, 1e-4, 1e-5), Is.True);
    }

    [Test]
    public void What_cannot_be_is_refused_and_the_ends_are_not()
    {
        using var scope = NewDisposeScope();
        Assert.That(() => Prediction.Epsilon.At(s_schedule, 1), Throws.Nothing);
        Assert.That(() => Prediction.Epsilon.At(s_schedule, 1000), Throws.Nothing);
        Assert.That(() => Prediction.Epsilon.At(s_schedule, 1001), Throws.InstanceOf<ArgumentOutOfRangeException>());
        foreach (var deviation in new[] { -1, double.NaN, double.PositiveInfinity })
            Assert.That(() => Prediction.Preconditioned(deviation), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Prediction { Kind = (PredictionKind)77 }.At(s_schedule, 1),
            Throws.InvalidOperationException.With.Message.Contains("77")
        );
        var scales = Prediction.Sample.At(s_schedule, 1);
        var state = zeros(1);
        Assert.That(() => scales.Denoise(null!, state), Throws.ArgumentNullException);
        Assert.That(() => scales.Denoise(state, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Results_alone_are_left_in_the_callers_scope()
    {
        var prediction = Prediction.Preconditioned(Data);
        using var state = ones(2, 2, 4, 4);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (prediction.Target(s_schedule, state, state, [1, Level]))
        using (prediction.Input(s_schedule, state, [1, Level]))
        using (prediction.Denoise(s_schedule, state, state, [1, Level]))
        using (PredictionConversion.Convert(s_schedule, state, state, Level, prediction, Prediction.Epsilon))
            Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before + 4));
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }
}
