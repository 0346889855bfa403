using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

public sealed class DataStepLengthTests
{
    [TestCase(0.0, 400)]
    [TestCase(1e-9, 400)]
    [TestCase(1e-4, 142)]
    [TestCase(1e-2, 15)]
    [TestCase(1e3, 10)]
    public void A_weak_prior_takes_the_limit_and_a_strong_one_a_few(double lambda, int expected) =>
        Assert.That(DataStepLength.Of(400, new PriorPull(lambda), 1, momentum: true), Is.EqualTo(expected));

    [Test]
    public void Roughness_counts_with_its_largest_eigenvalue() =>
        Assert.That(
            DataStepLength.Of(400, new PriorPull(1e-2, 3.0 / 8), 1, momentum: true),
            Is.EqualTo(DataStepLength.Of(400, new PriorPull(1e-2), 4, momentum: true))
        );

    [Test]
    public void A_limit_below_the_fewest_holds() =>
        Assert.That(DataStepLength.Of(3, new PriorPull(1e3), 1, momentum: true), Is.EqualTo(3));

    [Test]
    public void Plain_descent_takes_the_limit() =>
        Assert.That(DataStepLength.Of(400, new PriorPull(1e3), 1, momentum: false), Is.EqualTo(400));

    [Test]
    public void The_steps_that_are_left_out_would_have_changed_little()
    {
        using var scope = NewDisposeScope();
        using var small = new Small();
        using var step = new ProximalDataStep(small.Problem);
        using var generator = new Generator(4);
        var noise = randn([2, 64, 64], generator: generator) * 0.1;
        var prior = small.Truth.ToTensor().unsqueeze(0) + complex(noise[0], noise[1]);
        var pull = new PriorPull(2e-2 * step.LargestCurvature);
        var count = DataStepLength.Of(400, pull, step.LargestCurvature, momentum: true);
        var found = step.Solve(prior, pull, count, true);
        var limit = step.Solve(prior, pull, 400, true);
        var moved = (limit - prior).abs().square().sum().sqrt().ToDouble();
        var left = (limit - found).abs().square().sum().sqrt().ToDouble();
        Assert.That(count, Is.LessThan(30));
        Assert.That(left, Is.LessThan(0.05 * moved));
    }
}
