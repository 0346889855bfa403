using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Priors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Sampling;

public sealed class PriorSamplerTests
{
    private const double Mean = 0.7;
    private const double Deviation = 0.4;
    private const int Size = 96;
    private const double Count = 2 * Size * Size;

    private static GaussianPrior Prior() => new(NoiseSchedule.Linear(), Mean, Deviation);

    private static void CheckMoments(Tensor samples, double mean, double deviation)
    {
        // Four standard errors of the mean and of the variance of as many independent pixels.
        Assert.That(samples.mean().ToDouble(), Is.EqualTo(mean).Within(4 * deviation / Math.Sqrt(Count)));
        Assert.That(
            samples.var().ToDouble(),
            Is.EqualTo(deviation * deviation).Within(4 * deviation * deviation * Math.Sqrt(2 / Count))
        );
    }

    /// <summary>Mean and deviation that a linear step rule gives to Gaussian data, by recursion in float64.</summary>
    private static (double Mean, double Deviation) Recursion(
        GaussianPrior prior,
        int[] levels,
        Func<int, int, (double State, double Sample, double Variance)> step
    )
    {
        double mean = 0,
            variance = 1;
        for (var i = 0; i < levels.Length; i++)
        {
            var next = i + 1 < levels.Length ? levels[i + 1] : 0;
            var (state, sample, fresh) = step(levels[i], next);
            var gain = prior.Gain(levels[i]);
            var slope = state + sample * gain;
            var offset = sample * (1 - gain * Math.Sqrt(prior.Schedule.AlphaBar(levels[i]))) * prior.Mean;
            mean = slope * mean + offset;
            variance = slope * slope * variance + fresh;
        }
        return (mean, Math.Sqrt(variance));
    }

    [Test]
    public void Ddpm_over_all_levels_draws_from_the_prior()
    {
        using var scope = NewDisposeScope();
        var prior = Prior();
        var samples = PriorSampler.Ddpm(prior).Sample(1, Size, Size, seed: 1);
        var expected = Recursion(prior, [.. Enumerable.Range(1, 1000).Reverse()], Ancestral(prior.Schedule));
        CheckMoments(samples, expected.Mean, expected.Deviation);
        Assert.That(expected.Mean, Is.EqualTo(Mean).Within(0.005));
        Assert.That(expected.Deviation, Is.EqualTo(Deviation).Within(2).Percent);
        Assert.That(prior.Calls, Is.EqualTo(1000));
    }

    private static Func<int, int, (double, double, double)> Ancestral(NoiseSchedule schedule) =>
        (level, next) =>
        {
            var step = schedule.Transition(level, next);
            return (step.StateWeight, step.SampleWeight, step.PosteriorVariance);
        };

    [TestCase(0.0, 50)]
    [TestCase(0.5, 50)]
    [TestCase(1.0, 200)]
    public void Ddim_has_the_moments_of_its_recursion(double eta, int steps)
    {
        using var scope = NewDisposeScope();
        var prior = Prior();
        var sampler = PriorSampler.Ddim(prior, steps, eta);
        var samples = sampler.Sample(1, Size, Size, seed: 2);

        var expected = Recursion(
            prior,
            [.. sampler.Levels],
            (level, next) =>
            {
                var (a, b) = (prior.Schedule.AlphaBar(level), prior.Schedule.AlphaBar(next));
                var fresh = eta * eta * (1 - b) / (1 - a) * (1 - a / b);
                var kept = Math.Sqrt(1 - b - fresh) / Math.Sqrt(1 - a);
                return (kept, Math.Sqrt(b) - kept * Math.Sqrt(a), fresh);
            }
        );
        CheckMoments(samples, expected.Mean, expected.Deviation);
        Assert.That(expected.Deviation, Is.EqualTo(Deviation).Within(8).Percent);
    }

    [Test]
    public void Ddim_with_full_noise_is_ddpm()
    {
        using var scope = NewDisposeScope();
        var levels = LevelSpacing.Power(NoiseSchedule.Linear(), 20);
        var ancestral = new PriorSampler(Prior(), new AncestralRule(AncestralVariance.Posterior), levels);
        var ddim = new PriorSampler(Prior(), new DdimRule(1), levels);
        var difference = ancestral.Sample(1, 8, 8, seed: 3) - ddim.Sample(1, 8, 8, seed: 3);
        Assert.That(difference.abs().max().ToDouble(), Is.LessThan(2e-5));
    }

    [Test]
    public void The_solver_is_of_second_order()
    {
        // The flow of Gaussian data has a closed form: the state keeps its place in standard deviations.
        using var scope = NewDisposeScope();
        var schedule = NoiseSchedule.Linear(20_000);
        var prior = new GaussianPrior(schedule, Mean, Deviation);
        var (start, end) = (schedule.NearestLevel(5), schedule.NearestLevel(0.05));
        double Error(int steps)
        {
            // Level 0 is reached by x̂₀, so the solution is compared at the last level that is asked.
            var levels = LevelSpacing.LogSigma(schedule, steps + 1, start, end);
            using var run = new DpmSolverRule().Begin();
            var state = full(1, 1, 1, 1, 1.3, dtype: ScalarType.Float64);
            using var generator = new Generator(0);
            for (var i = 0; i + 1 < levels.Length; i++)
                state = run.Next(
                    new SamplingStep
                    {
                        Schedule = schedule,
                        State = state,
                        Sample = prior.Denoise(state, levels[i]),
                        Level = levels[i],
                        NextLevel = levels[i + 1],
                        Generator = generator,
                    }
                );
            return Math.Abs(state.ToDouble() - Exact());
        }
        double Exact() =>
            Math.Sqrt(schedule.AlphaBar(end)) * Mean
            + Spread(end) / Spread(start) * (1.3 - Math.Sqrt(schedule.AlphaBar(start)) * Mean);
        double Spread(int level) =>
            Math.Sqrt(schedule.AlphaBar(level) * Deviation * Deviation + 1 - schedule.AlphaBar(level));

        var (coarse, fine) = (Error(20), Error(40));
        Assert.That(coarse, Is.LessThan(0.01));
        Assert.That(coarse / fine, Is.InRange(3, 5.5));
    }

    [Test]
    public void Solver_samples_have_the_moments_of_the_prior()
    {
        using var scope = NewDisposeScope();
        var samples = PriorSampler.DpmSolver(Prior(), 30).Sample(1, Size, Size, seed: 4);
        Assert.That(samples.mean().ToDouble(), Is.EqualTo(Mean).Within(0.02));
        Assert.That(samples.std().ToDouble(), Is.EqualTo(Deviation).Within(4).Percent);
    }

    [Test]
    public void A_learned_variance_is_interpolated_in_the_logarithm()
    {
        using var scope = NewDisposeScope();
        var schedule = NoiseSchedule.Linear();
        var prior = new GaussianPrior(schedule, 0, 0.5) { VarianceWeight = 0.25 };
        int[] levels = [1000, 700, 400];
        var state = new PriorSampler(prior, new AncestralRule(), levels).Sample(1, Size, Size, seed: 5);
        var expected = Recursion(
            prior,
            levels,
            (level, next) =>
            {
                var step = schedule.Transition(level, next);
                var variance = next == 0 ? 0 : Math.Pow(step.Beta, 0.25) * Math.Pow(step.PosteriorVariance, 0.75);
                return (step.StateWeight, step.SampleWeight, variance);
            }
        );
        CheckMoments(state, expected.Mean, expected.Deviation);
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_and_leaves_the_global_generator()
    {
        using var scope = NewDisposeScope();
        var before = random.get_rng_state();
        var sampler = PriorSampler.Ddim(Prior(), 10, eta: 1);
        var first = sampler.Sample(2, 8, 8, seed: 6);
        Assert.That(sampler.Sample(2, 8, 8, seed: 6).allclose(first, 0, 0), Is.True);
        Assert.That(sampler.Sample(2, 8, 8, seed: 7).allclose(first, 0, 0), Is.False);
        Assert.That(random.get_rng_state().allclose(before, 0, 0), Is.True);
        Assert.That(is_grad_enabled(), Is.True);
    }

    [Test]
    public void Progress_is_told_and_cancellation_heard()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        var seen = new List<SamplingProgress>();
        var progress = new Recorder(report =>
        {
            seen.Add(report);
            if (seen.Count == 3)
                source.Cancel();
        });
        var sampler = PriorSampler.Ddim(Prior(), 5);
        Assert.That(
            () => sampler.Sample(1, 8, 8, seed: 1, progress: progress, cancellation: source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(seen, Has.Count.EqualTo(3));
        Assert.That(seen[2], Is.EqualTo(new SamplingProgress(3, 5, sampler.Levels[3])));
    }

    [Test]
    public void A_prior_that_gives_nan_is_stopped_with_its_level()
    {
        var prior = new GaussianPrior(NoiseSchedule.Linear(10), double.NaN, 1);
        Assert.That(
            () => PriorSampler.Ddim(prior, 4).Sample(1, 8, 8, seed: 1),
            Throws.InvalidOperationException.With.Message.Contains("level 10")
        );
    }

    [Test]
    public void Memory_stays_flat()
    {
        var sampler = PriorSampler.DpmSolver(Prior(), 10);
        using (sampler.Sample(1, 8, 8, seed: 1)) { }
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
            using (sampler.Sample(1, 8, 8, seed: i)) { }
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void Unit_noise_is_refused_at_levels_where_an_image_is_left()
    {
        using var scope = NewDisposeScope();
        var schedule = NoiseSchedule.Linear();
        Assert.That(schedule.AlphaBar(500), Is.GreaterThan(0.01));
        Assert.That(schedule.AlphaBar(900), Is.LessThan(0.01));
        var low = new PriorSampler(Prior(), new DdimRule(), [500, 250]);
        Assert.That(
            () => low.Sample(1, 8, 8, seed: 1),
            Throws.InvalidOperationException.With.Message.Contains("level 500 of 1000")
        );
        Assert.That(() => low.Continue(zeros(1, 2, 8, 8), seed: 1), Throws.Nothing);
        var high = new PriorSampler(Prior(), new DdimRule(), [900, 250]);
        Assert.That(() => high.Sample(1, 8, 8, seed: 1), Throws.Nothing);
    }

    [Test]
    public void Wrong_levels_are_named()
    {
        Assert.That(
            () => new PriorSampler(Prior(), new DdimRule(), [10, 10]),
            Throws.ArgumentException.With.Message.Contains("place 1")
        );
        Assert.That(() => new PriorSampler(Prior(), new DdimRule(), []), Throws.ArgumentException);
        Assert.That(() => new PriorSampler(Prior(), new DdimRule(), [1001]), Throws.ArgumentException);
        Assert.That(() => new DdimRule(1.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private sealed class Recorder(Action<SamplingProgress> record) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => record(value);
    }
}
