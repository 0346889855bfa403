using MathNet.Numerics.Distributions;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Trust;

public class CountingVarianceTests
{
    [TestCase(0.01)]
    [TestCase(0.4)]
    [TestCase(3)]
    [TestCase(30)]
    [TestCase(200)]
    public void IsWhatDrawnCountsShow(double mean)
    {
        const int n = 200_000;
        var random = new StableRandom(5);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var error = Math.Pow(Math.Sqrt(Poisson.Sample(random, mean)) - Math.Sqrt(mean), 2);
            sum += error;
            squares += error * error;
        }
        var deviation = Math.Sqrt((squares / n - Math.Pow(sum / n, 2)) / n);
        Assert.That(CountingVariance.Of(mean), Is.EqualTo(sum / n).Within(4 * deviation));
    }

    [Test]
    public void TableAndSeriesMeet() =>
        Assert.That(CountingVariance.Of(35.999), Is.EqualTo(CountingVariance.Of(36)).Within(2e-5));

    [Test]
    public void NoLightNoVariance() => Assert.That(CountingVariance.Of(0), Is.Zero);
}
