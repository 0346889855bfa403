using Ptycho.Diffusion.Schedules;

namespace Ptycho.Diffusion.Tests.Schedules;

public sealed class NoiseScheduleTests
{
    private static readonly NoiseSchedule[] s_all =
    [
        NoiseSchedule.Linear(),
        NoiseSchedule.Linear(50),
        NoiseSchedule.Cosine(200),
        NoiseSchedule.FromBetas([0.1, 0.2, 0.5]),
    ];

    [Test]
    public void Linear_schedule_of_1000_steps_is_that_of_ddpm()
    {
        var schedule = NoiseSchedule.Linear();
        var product = 1.0;
        for (var s = 1; s <= 1000; s++)
        {
            product *= 1 - (1e-4 + (2e-2 - 1e-4) * (s - 1) / 999.0);
            Assert.That(schedule.AlphaBar(s), Is.EqualTo(product).Within(1e-12).Percent);
        }
        Assert.That(schedule.Beta(1), Is.EqualTo(1e-4).Within(1e-15));
        Assert.That(schedule.Beta(1000), Is.EqualTo(2e-2).Within(1e-15));
        Assert.That(schedule.AlphaBar(1000), Is.EqualTo(4.0358e-5).Within(1e-8));
    }

    [Test]
    public void Ends_of_the_linear_schedule_scale_with_the_number_of_steps()
    {
        var schedule = NoiseSchedule.Linear(250);
        Assert.That(schedule.Beta(1), Is.EqualTo(4e-4).Within(1e-15));
        Assert.That(schedule.Beta(250), Is.EqualTo(8e-2).Within(1e-15));
        // The total noise stays about the same.
        Assert.That(schedule.LogSnr(250), Is.EqualTo(NoiseSchedule.Linear().LogSnr(1000)).Within(0.3));
    }

    [Test]
    public void Cosine_schedule_follows_its_closed_form_until_beta_is_capped()
    {
        var schedule = NoiseSchedule.Cosine(100);
        static double Closed(double u) => Math.Pow(Math.Cos((u + 0.008) / 1.008 * Math.PI / 2), 2);
        for (var s = 0; s < 100; s++)
            Assert.That(schedule.AlphaBar(s), Is.EqualTo(Closed(s / 100.0) / Closed(0)).Within(1e-13));
        Assert.That(schedule.Beta(100), Is.EqualTo(0.999));
    }

    [TestCaseSource(nameof(s_all))]
    public void Identities_hold_at_every_level(NoiseSchedule schedule)
    {
        Assert.That(schedule.AlphaBar(0), Is.EqualTo(1));
        Assert.That(schedule.Sigma(0), Is.Zero);
        Assert.That(schedule.LogSnr(0), Is.EqualTo(double.PositiveInfinity));
        Assert.That(schedule.PosteriorVariance(1), Is.Zero);
        for (var s = 1; s <= schedule.Steps; s++)
        {
            Assert.That(schedule.AlphaBar(s), Is.LessThan(schedule.AlphaBar(s - 1)).And.GreaterThan(0));
            Assert.That(schedule.LogSnr(s), Is.EqualTo(-2 * Math.Log(schedule.Sigma(s))).Within(1e-9));
            var step = schedule.Transition(s, s - 1);
            Assert.That(step.Beta, Is.EqualTo(schedule.Beta(s)).Within(1e-12));
            var expected = schedule.Beta(s) * (1 - schedule.AlphaBar(s - 1)) / (1 - schedule.AlphaBar(s));
            Assert.That(schedule.PosteriorVariance(s), Is.EqualTo(expected).Within(1e-14));
        }
    }

    [TestCase(1000, 999)]
    [TestCase(1000, 500)]
    [TestCase(500, 1)]
    [TestCase(300, 0)]
    public void A_step_down_keeps_the_marginals(int from, int to)
    {
        var schedule = NoiseSchedule.Linear();
        var step = schedule.Transition(from, to);
        var signal = step.SampleWeight + step.StateWeight * Math.Sqrt(schedule.AlphaBar(from));
        var variance = step.StateWeight * step.StateWeight * (1 - schedule.AlphaBar(from)) + step.PosteriorVariance;
        Assert.That(signal, Is.EqualTo(Math.Sqrt(schedule.AlphaBar(to))).Within(1e-13));
        Assert.That(variance, Is.EqualTo(1 - schedule.AlphaBar(to)).Within(1e-13));
    }

    [Test]
    public void Nearest_level_finds_every_level_and_the_ends()
    {
        var schedule = NoiseSchedule.Linear();
        for (var s = 1; s <= 1000; s++)
            Assert.That(schedule.NearestLevel(schedule.Sigma(s) * 1.000001), Is.EqualTo(s));
        Assert.That(schedule.NearestLevel(1e-9), Is.EqualTo(1));
        Assert.That(schedule.NearestLevel(1e9), Is.EqualTo(1000));
        Assert.That(NoiseSchedule.Linear(1).NearestLevel(3), Is.EqualTo(1));
    }

    [Test]
    public void Definition_gives_the_same_schedule_again()
    {
        foreach (var schedule in s_all)
        {
            var again = NoiseSchedule.FromDefinition(schedule.Definition);
            Assert.That(again.AlphaBars.ToArray(), Is.EqualTo(schedule.AlphaBars.ToArray()));
            Assert.That(again.Definition, Is.EqualTo(schedule.Definition));
        }
    }

    [Test]
    public void Wrong_numbers_are_named()
    {
        Assert.That(
            () => NoiseSchedule.Linear(0),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Steps")
        );
        Assert.That(
            () => NoiseSchedule.Linear(10, 0.1, 0.05),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("BetaEnd")
        );
        Assert.That(() => NoiseSchedule.Linear(10, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => NoiseSchedule.FromBetas([0.1, 1.5]),
            Throws.ArgumentException.With.Message.Contains("step 2")
        );
        Assert.That(() => NoiseSchedule.FromBetas([]), Throws.InstanceOf<ArgumentException>());
        var schedule = NoiseSchedule.Linear(10);
        Assert.That(() => schedule.AlphaBar(11), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => schedule.Beta(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => schedule.Transition(3, 3), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
