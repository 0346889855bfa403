using Ptycho.Diffusion.Training.Rates;

namespace Ptycho.Diffusion.Tests.Training.Rates;

public sealed class LearningRateTests
{
    [TestCase(0, 1e-3)]
    [TestCase(1, 2e-3)]
    [TestCase(3, 4e-3)]
    [TestCase(4, 4e-3)]
    [TestCase(4000, 4e-3)]
    public void A_warm_up_is_linear_and_then_gives_way(long step, double expected) =>
        Assert.That(new WarmupRate(4, new ConstantRate(4e-3)).At(step), Is.EqualTo(expected).Within(1e-15));

    [TestCase(0, 1.0)]
    [TestCase(100, 1.0)]
    [TestCase(150, 0.55 + 0.45 * 0.70710678118654752)]
    [TestCase(200, 0.55)]
    [TestCase(250, 0.55 - 0.45 * 0.70710678118654752)]
    [TestCase(300, 0.1)]
    [TestCase(10_000, 0.1)]
    public void A_cosine_falls_from_the_peak_to_the_final_rate(long step, double expected) =>
        Assert.That(new CosineRate(1, 0.1, 100, 300).At(step), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void A_warm_up_may_precede_a_cosine()
    {
        var rate = new WarmupRate(10, new CosineRate(1, 0, 0, 20));
        Assert.That(rate.At(4), Is.EqualTo(0.5 * (1 + Math.Cos(Math.PI * 0.2)) / 2).Within(1e-12));
    }

    [Test]
    public void Impossible_rates_are_refused()
    {
        Assert.That(() => new ConstantRate(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ConstantRate(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new WarmupRate(0, new ConstantRate(1)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Steps")
        );
        Assert.That(() => new WarmupRate(1, null!), Throws.ArgumentNullException);
        Assert.That(() => new CosineRate(1, 2, 0, 10), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CosineRate(1, 0, -1, 10), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CosineRate(1, 0, 10, 10), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
