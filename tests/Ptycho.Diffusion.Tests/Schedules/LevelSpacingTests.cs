using Ptycho.Diffusion.Schedules;

namespace Ptycho.Diffusion.Tests.Schedules;

public sealed class LevelSpacingTests
{
    private static readonly NoiseSchedule s_schedule = NoiseSchedule.Linear();

    [Test]
    public void Even_spacing_hits_both_ends()
    {
        var levels = LevelSpacing.Power(s_schedule, 5, start: 1000, last: 1);
        Assert.That(levels, Is.EqualTo(new[] { 1000, 750, 501, 251, 1 }));
        Assert.That(LevelSpacing.Power(s_schedule, 1000), Is.EqualTo(Enumerable.Range(1, 1000).Reverse()));
    }

    [Test]
    public void A_power_spends_its_steps_at_low_noise()
    {
        var levels = LevelSpacing.Power(s_schedule, 100, start: 300, last: 5, power: 1.5);
        Assert.That(levels[0], Is.EqualTo(300));
        Assert.That(levels[^1], Is.EqualTo(5));
        Assert.That(levels[1], Is.EqualTo((int)Math.Round(295 * Math.Pow(98 / 99.0, 1.5) + 5)));
        Assert.That(levels, Is.Ordered.Descending);
        Assert.That(levels, Is.Unique);
    }

    [Test]
    public void Log_sigma_spacing_is_even_in_log_sigma()
    {
        var levels = LevelSpacing.LogSigma(s_schedule, 12);
        Assert.That(levels[0], Is.EqualTo(1000));
        Assert.That(levels[^1], Is.EqualTo(1));
        Assert.That(levels, Is.Ordered.Descending);
        var steps = levels.Zip(levels.Skip(1), (a, b) => Math.Log(s_schedule.Sigma(a) / s_schedule.Sigma(b))).ToArray();
        // Neighbouring levels are coarse at the clean end, so only the noisy half is even.
        Assert.That(steps.Take(8), Is.All.EqualTo(steps[0]).Within(5).Percent);
    }

    [Test]
    public void Impossible_wishes_are_refused_and_possible_ones_shortened()
    {
        Assert.That(LevelSpacing.Power(s_schedule, 50, start: 10, last: 4), Has.Length.EqualTo(7));
        Assert.That(LevelSpacing.Power(s_schedule, 1), Is.EqualTo(new[] { 1000 }));
        Assert.That(() => LevelSpacing.Power(s_schedule, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => LevelSpacing.Power(s_schedule, 5, start: 1001),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
        Assert.That(
            () => LevelSpacing.Power(s_schedule, 5, start: 10, last: 11),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
    }
}
