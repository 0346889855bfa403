using Ptycho.Diffusion.Schedules;

namespace Ptycho.Diffusion.Tests.Schedules;

public sealed class ContinuousScheduleTests
{
    private static readonly ContinuousSchedule s_schedule = new();

    [TestCase(0.0)]
    [TestCase(1e-6)]
    [TestCase(0.3)]
    [TestCase(1.0)]
    public void Alpha_bar_solves_its_differential_equation(double time)
    {
        // d log ᾱ/du = −β(u).
        const double Step = 1e-5;
        var (before, after) = (Math.Max(0, time - Step), Math.Min(1, time + Step));
        var slope = (Math.Log(s_schedule.AlphaBar(after)) - Math.Log(s_schedule.AlphaBar(before))) / (after - before);
        Assert.That(slope, Is.EqualTo(-s_schedule.Beta((before + after) / 2)).Within(1e-5));
    }

    [Test]
    public void Time_of_sigma_inverts_sigma()
    {
        foreach (var time in new[] { 0, 1e-7, 1e-3, 0.2, 0.77, 1 })
            Assert.That(s_schedule.TimeOfSigma(s_schedule.Sigma(time)), Is.EqualTo(time).Within(1e-9 * (time + 1e-6)));
        var flat = new ContinuousSchedule { BetaMinimum = 2, BetaMaximum = 2 };
        Assert.That(flat.TimeOfSigma(flat.Sigma(0.4)), Is.EqualTo(0.4).Within(1e-12));
    }

    [Test]
    public void Discrete_form_has_the_same_alpha_bar()
    {
        var discrete = s_schedule.Discretise(100);
        for (var s = 0; s <= 100; s++)
            Assert.That(discrete.AlphaBar(s), Is.EqualTo(s_schedule.AlphaBar(s / 100.0)).Within(1e-11).Percent);
    }

    [Test]
    public void Linear_discrete_schedule_converges_to_it()
    {
        var few = Difference(1000);
        var many = Difference(10000);
        Assert.That(few, Is.LessThan(6e-3));
        Assert.That(many, Is.LessThan(few / 8));

        static double Difference(int steps)
        {
            var discrete = NoiseSchedule.Linear(steps);
            return Enumerable
                .Range(0, 11)
                .Max(i => Math.Abs(discrete.AlphaBar(i * steps / 10) - s_schedule.AlphaBar(i / 10.0)));
        }
    }

    [Test]
    public void Small_noise_keeps_its_precision()
    {
        // σ² ≈ βmin·u near u = 0.
        Assert.That(s_schedule.Sigma(1e-12), Is.EqualTo(Math.Sqrt(1e-13)).Within(1e-6).Percent);
    }
}
