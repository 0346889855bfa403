using Ptycho.Solvers.Posterior;

namespace Ptycho.Solvers.Tests.Posterior;

public sealed class ExtrapolationTests
{
    /// <summary>The largest ½ h x² after some steps on ½ h x² from x = 1, over curvatures h up to 1.</summary>
    private static double Worst(int steps, bool momentum, bool beyond = true)
    {
        var worst = 0.0;
        for (var h = 1e-4; h <= 1; h += 1e-4)
        {
            var (x, z) = (1.0, 1.0);
            var extrapolation = new Extrapolation(momentum);
            for (var i = 0; i < steps; i++)
            {
                var next = z - h * z;
                var by = extrapolation.Next();
                z = next + by.Along * (next - x) + (beyond ? by.Beyond * (next - z) : 0);
                x = next;
            }
            worst = Math.Max(worst, 0.5 * h * x * x);
        }
        return worst;
    }

    [TestCase(10)]
    [TestCase(50)]
    public void Its_worst_energy_is_about_half_of_Nesterovs(int steps)
    {
        var optimised = Worst(steps, momentum: true);
        Assert.That(optimised, Is.LessThan(0.6 * Worst(steps, momentum: true, beyond: false)));
        Assert.That(optimised, Is.LessThan(0.5 / (steps * steps)), "a constant over the square of the steps");
        Assert.That(Worst(steps, momentum: false), Is.GreaterThan(3 * optimised));
    }

    [Test]
    public void Without_momentum_nothing_is_added()
    {
        var extrapolation = new Extrapolation(momentum: false);
        extrapolation.Next();
        Assert.That(extrapolation.Next(), Is.EqualTo((0.0, 0.0)));
    }
}
