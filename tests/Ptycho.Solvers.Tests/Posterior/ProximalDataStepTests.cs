using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

public class ProximalDataStepTests
{
    private const double Lambda = 0.02;

    [TestCase(true, 0)]
    [TestCase(false, 0)]
    [TestCase(true, 0.05)]
    [TestCase(false, 0.05)]
    public void EveryStepLowersTheObjective(bool diagonal, double roughness)
    {
        using var small = new Small();
        IForwardOperator forward = diagonal ? small.Operator : new Plain(small.Operator);
        var problem = new PosteriorProblem(forward, small.Likelihood, small.Problem.AmplitudeNoise);
        using var step = new ProximalDataStep(problem);
        using var scope = NewDisposeScope();
        var prior = Start(4);
        var last = Objective(small, prior, prior, Lambda, roughness);
        var first = last;
        var f = prior;
        for (var i = 1; i <= 25; i++)
        {
            f = step.Solve(prior, new PriorPull(Lambda, roughness), i, momentum: false);
            var now = Objective(small, f, prior, Lambda, roughness);
            Assert.That(now, Is.LessThanOrEqualTo(last * (1 + 1e-6)), $"step {i}");
            last = now;
        }
        Assert.That(last, Is.LessThan(0.7 * first));
    }

    [Test]
    public void WhereNoLightFallsThePriorStays()
    {
        using var small = new Small();
        using var step = new ProximalDataStep(small.Problem);
        using var scope = NewDisposeScope();
        var prior = Start(6);
        var dark = small.Operator.NormalDiagonal < 1e-9;
        var moved = (step.Solve(prior, new PriorPull(1e6), 5, momentum: false) - prior).abs().max().ToDouble();
        Assert.That(moved, Is.LessThan(1e-3), "a prior that counts more than all data wins");
        Assert.That(dark.sum().ToInt64(), Is.Zero, "the halo of probe H lights every pixel");
    }

    [Test]
    public void MomentumReachesALowerObjectiveInAsManySteps()
    {
        using var small = new Small();
        using var step = new ProximalDataStep(small.Problem);
        using var scope = NewDisposeScope();
        var prior = Start(8);
        var plain = Objective(small, step.Solve(prior, new PriorPull(1e-3), 20, momentum: false), prior, 1e-3);
        var fast = Objective(small, step.Solve(prior, new PriorPull(1e-3), 20, momentum: true), prior, 1e-3);
        Assert.That(fast, Is.LessThan(plain));
    }

    [TestCase(false, 0, 64)]
    [TestCase(true, 0, 64)]
    [TestCase(true, 0.03, 64)]
    [TestCase(true, 0.03, 71)]
    public void ManagedStepHasTheSameNumbers(bool momentum, double roughness, int width)
    {
        using var small = new Small(width: width);
        using var step = new ProximalDataStep(small.Problem);
        using var managed = new ManagedDataStep(small.Measurement, threads: 2);
        using var scope = NewDisposeScope();
        var prior = cat([Start(8, width), Start(9, width)]);
        var pull = new PriorPull(1e-2, roughness);
        var expected = step.Solve(prior, pull, 15, momentum);
        var found = managed.Solve(prior, pull, 15, momentum);
        Assert.That((found - expected).abs().max().ToDouble(), Is.LessThan(2e-4));
        Assert.That((prior - expected).abs().max().ToDouble(), Is.GreaterThan(0.05));
        Assert.That(managed.Evaluations, Is.EqualTo(step.Evaluations));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void ManagedBitsDoNotDependOnThreads(int objects)
    {
        using var small = new Small();
        using var one = new ManagedDataStep(small.Measurement, threads: 1);
        using var two = new ManagedDataStep(small.Measurement, threads: 2);
        using var scope = NewDisposeScope();
        var prior = cat([.. Enumerable.Range(0, objects).Select(i => Start((ulong)i))]);
        var pull = new PriorPull(1e-2, 0.03);
        var expected = one.Solve(prior, pull, 15, momentum: true);
        Assert.That(two.Solve(prior, pull, 15, momentum: true).bytes.ToArray(), Is.EqualTo(expected.bytes.ToArray()));
    }

    [Test]
    public void BothWarmStartsAgree()
    {
        using var small = new Small();
        using var step = new ProximalDataStep(small.Problem);
        using var managed = new ManagedDataStep(small.Measurement, threads: 1);
        using var scope = NewDisposeScope();
        var difference = step.WarmStart(15, 1e-3, default) - managed.WarmStart(15, 1e-3, default);
        Assert.That(difference.abs().max().ToDouble(), Is.LessThan(1e-3));
    }

    [Test]
    public void AnOperatorWithoutAKnownDiagonalHasAWarmStartToo()
    {
        using var small = new Small();
        var problem = new PosteriorProblem(new Plain(small.Operator), small.Likelihood, small.Problem.AmplitudeNoise);
        using var step = new ProximalDataStep(problem);
        using var knowing = new ProximalDataStep(small.Problem);
        using var scope = NewDisposeScope();
        var meter = new ManagedResidual(small.Measurement);
        var flat = meter.Residual(step.WarmStart(0, 1e-3, default));
        var known = meter.Residual(knowing.WarmStart(30, 1e-3, default));
        var found = meter.Residual(step.WarmStart(30, 1e-3, default));
        Assert.That(found, Is.LessThan(0.5 * flat));
        // Its steps are as long as a bound on ‖A‖² allows, a twentieth shorter.
        Assert.That(found, Is.EqualTo(known).Within(10).Percent);
    }

    [Test]
    public void ALikelihoodWithoutMajoriserIsRefused()
    {
        using var small = new Small();
        using var poisson = new PoissonLikelihood(small.Measurement.Data);
        Assert.That(
            () => new ProximalDataStep(new PosteriorProblem(small.Operator, poisson, 0.1)),
            Throws.ArgumentException.With.Message.Contains("Poisson")
        );
    }

    [Test]
    public void NormIsTheLargestOfTheDiagonal()
    {
        using var small = new Small();
        var largest = small.Operator.NormalDiagonal.max().ToDouble();
        Assert.That(
            OperatorNorm.Squared(small.Operator, CPU),
            Is.GreaterThanOrEqualTo(largest).And.LessThan(1.06 * largest)
        );
    }

    private static Tensor Start(ulong seed, int width = 64)
    {
        using var generator = new Generator(seed, CPU);
        return randn([1, 64, width], complex64, generator: generator) * 0.2 + 1;
    }

    private static double Objective(Small small, Tensor f, Tensor prior, double lambda = Lambda, double roughness = 0)
    {
        using var scope = NewDisposeScope();
        var error = f - prior;
        return small.Likelihood.Energy(small.Operator.Forward(f)).ToDouble()
            + 0.5 * lambda * error.abs().square().sum().ToDouble()
            + 0.5 * roughness * (Steps(error, 1) + Steps(error, 2));
    }

    private static double Steps(Tensor error, long dim)
    {
        var count = error.shape[(int)dim] - 1;
        return (error.narrow(dim, 1, count) - error.narrow(dim, 0, count)).abs().square().sum().ToDouble();
    }

    /// <summary>The same operator, without its known diagonal.</summary>
    private sealed class Plain(IForwardOperator inner) : IForwardOperator
    {
        public (long Height, long Width) ObjectShape => inner.ObjectShape;

        public (long Frames, long Modes, long Height, long Width) FarFieldShape => inner.FarFieldShape;

        public Tensor Forward(Tensor obj) => inner.Forward(obj);

        public Tensor Adjoint(Tensor farField) => inner.Adjoint(farField);
    }
}
