using System.Collections.Immutable;
using Ptycho.Diffusion.Schedules;

namespace Ptycho.Diffusion.Tests.Schedules;

/// <summary>What schedules do at their edges, and which numbers they refuse.</summary>
public sealed class ScheduleRulesTests
{
    private static readonly ContinuousSchedule s_continuous = new();
    private static readonly NoiseSchedule s_ten = NoiseSchedule.Linear(10);

    [Test]
    public void One_step_has_the_last_beta_and_large_ones_are_capped()
    {
        Assert.That(NoiseSchedule.Linear(1).Beta(1), Is.EqualTo(0.999));
        Assert.That(NoiseSchedule.Linear(1000, 0.3, 0.3).Beta(500), Is.EqualTo(0.3).Within(1e-15));
        Assert.That(NoiseSchedule.Linear(1, 1e-5, 5e-4).Beta(1), Is.EqualTo(0.5).Within(1e-15));
    }

    [TestCase(0.0, 0.5)]
    [TestCase(-0.1, 0.5)]
    [TestCase(1.0, 1.0)]
    [TestCase(0.5, 1.0)]
    [TestCase(0.5, double.NaN)]
    public void Betas_outside_their_range_are_refused(double start, double end)
    {
        Assert.That(
            () => NoiseSchedule.Linear(10, start, end),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Beta")
        );
        Assert.That(() => NoiseSchedule.Cosine(10, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void A_given_beta_must_be_between_0_and_1(double beta) =>
        Assert.That(
            () => NoiseSchedule.FromBetas([0.5, beta]),
            Throws.ArgumentException.With.Message.Contains("step 2")
        );

    [Test]
    public void A_definition_that_contradicts_itself_is_refused()
    {
        var few = new ScheduleDefinition
        {
            Kind = ScheduleKind.Betas,
            Steps = 3,
            Betas = [0.1, 0.2],
        };
        Assert.That(
            () => NoiseSchedule.FromDefinition(few),
            Throws.ArgumentException.With.Message.Contains("3 steps").And.Message.Contains("2 values")
        );
        Assert.That(
            () => NoiseSchedule.FromDefinition(few with { Betas = default }),
            Throws.ArgumentException.With.Message.Contains("0 values")
        );
        Assert.That(
            () => NoiseSchedule.FromDefinition(few with { Kind = (ScheduleKind)77 }),
            Throws.ArgumentException.With.Message.Contains("77")
        );
    }

    [Test]
    public void Definitions_that_differ_in_one_number_are_not_equal()
    {
        var definition = new ScheduleDefinition { Betas = [0.1, 0.2] };
        var same = definition with { Betas = ImmutableArray.Create(0.1, 0.2) };
        Assert.That(same, Is.EqualTo(definition));
        Assert.That(same.GetHashCode(), Is.EqualTo(definition.GetHashCode()));
        foreach (
            var other in new[]
            {
                definition with
                {
                    Kind = ScheduleKind.Cosine,
                },
                definition with
                {
                    Steps = 5,
                },
                definition with
                {
                    BetaStart = 2e-4,
                },
                definition with
                {
                    BetaEnd = 3e-2,
                },
                definition with
                {
                    Offset = 0.1,
                },
                definition with
                {
                    Betas = [0.1, 0.3],
                },
            }
        )
            Assert.That(other, Is.Not.EqualTo(definition));
    }

    [Test]
    public void Levels_outside_the_schedule_are_refused_and_the_ends_are_not()
    {
        Assert.That(s_ten.AlphaBars.Length, Is.EqualTo(11));
        Assert.That(() => s_ten.AlphaBar(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => s_ten.Beta(11), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => s_ten.Beta(10), Throws.Nothing);
        Assert.That(() => s_ten.PosteriorVariance(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => s_ten.Transition(0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => s_ten.Transition(3, -1),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0…2")
        );
        foreach (var sigma in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.That(() => s_ten.NearestLevel(sigma), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_nearest_level_changes_half_way_in_log_sigma()
    {
        for (var s = 1; s < 10; s++)
        {
            var middle = Math.Sqrt(s_ten.Sigma(s) * s_ten.Sigma(s + 1));
            Assert.That(s_ten.NearestLevel(middle * 0.999), Is.EqualTo(s));
            Assert.That(s_ten.NearestLevel(middle * 1.001), Is.EqualTo(s + 1));
        }
    }

    [Test]
    public void Continuous_time_and_sigma_stay_in_their_ranges()
    {
        Assert.That(s_continuous.Beta(0), Is.EqualTo(0.1));
        Assert.That(s_continuous.Beta(1), Is.EqualTo(20));
        Assert.That(s_continuous.LogSnr(0.3), Is.EqualTo(-2 * Math.Log(s_continuous.Sigma(0.3))).Within(1e-12));
        Assert.That(s_continuous.LogSnr(0), Is.EqualTo(double.PositiveInfinity));
        foreach (var time in new[] { -1e-9, 1 + 1e-9, double.NaN })
        {
            Assert.That(() => s_continuous.Beta(time), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(
                () => s_continuous.Sigma(time),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 1]")
            );
        }
        foreach (var sigma in new[] { -1e-9, s_continuous.Sigma(1) * 1.001, double.NaN })
            Assert.That(() => s_continuous.TimeOfSigma(sigma), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => s_continuous.Discretise(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(s_continuous.Discretise(1).AlphaBar(1), Is.EqualTo(s_continuous.AlphaBar(1)).Within(1e-15));
        Assert.That(() => new ContinuousSchedule { BetaMinimum = 0 }, Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new ContinuousSchedule { BetaMaximum = -1 }, Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Spacings_keep_their_ends_and_refuse_what_cannot_be()
    {
        Assert.That(LevelSpacing.Power(s_ten, 4, start: 1, last: 1), Is.EqualTo(new[] { 1 }));
        Assert.That(LevelSpacing.Power(s_ten, 3, start: 10, last: 10), Is.EqualTo(new[] { 10 }));
        Assert.That(LevelSpacing.Power(s_ten, 3, start: 10, last: 1), Is.EqualTo(new[] { 10, 6, 1 }));
        Assert.That(LevelSpacing.LogSigma(s_ten, 50, start: 8, last: 3), Is.EqualTo(new[] { 8, 7, 6, 5, 4, 3 }));
        Assert.That(LevelSpacing.LogSigma(s_ten, 1, start: 8), Is.EqualTo(new[] { 8 }));
        foreach (var power in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.That(
                () => LevelSpacing.Power(s_ten, 3, power: power),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("power")
            );
        foreach (var (start, last) in new[] { (0, 1), (11, 1), (5, 0), (5, 6) })
            Assert.That(
                () => LevelSpacing.LogSigma(s_ten, 3, start, last),
                Throws.InstanceOf<ArgumentOutOfRangeException>()
            );
    }
}
