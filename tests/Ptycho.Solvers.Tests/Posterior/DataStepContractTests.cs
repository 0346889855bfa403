using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

/// <summary>What holds for every data step.</summary>
[TestFixture("managed")]
[TestFixture("proximal")]
[TestFixture("searched")]
public sealed class DataStepContractTests(string name)
{
    private Small _small = null!;
    private PoissonLikelihood _poisson = null!;
    private IDataStep _step = null!;

    [SetUp]
    public void Make()
    {
        _small = new Small();
        _poisson = new PoissonLikelihood(_small.Measurement.Data);
        _step = name switch
        {
            "managed" => new ManagedDataStep(_small.Measurement, 2),
            "proximal" => new ProximalDataStep(_small.Problem),
            _ => new SearchedDataStep(new PosteriorProblem(_small.Operator, _poisson, 0.1)),
        };
    }

    [TearDown]
    public void Clear()
    {
        _step.Dispose();
        _poisson.Dispose();
        _small.Dispose();
    }

    [Test]
    public void TheLargestCurvatureIsThatOfTheOperator() =>
        Assert.That(
            _step.LargestCurvature,
            Is.EqualTo(_small.Operator.NormalDiagonal.max().ToDouble()).Within(1e-5).Percent
        );

    [Test]
    public void WithoutAStepThePriorStays()
    {
        using var scope = NewDisposeScope();
        var prior = Start(2);
        Assert.That(_step.Solve(prior, new PriorPull(1), 0, true).equal(prior).all().ToBoolean());
        Assert.That(_step.Evaluations, Is.Zero);
    }

    [Test]
    public void ThePriorIsLeftAsItWasAndNoTensorStays([Values] bool momentum)
    {
        using var scope = NewDisposeScope();
        var prior = Start(2);
        var copy = prior.clone();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var found = _step.Solve(prior, new PriorPull(0.02, 0.01), 3, momentum))
            Assert.That(found.shape, Is.EqualTo(prior.shape));
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
        Assert.That(prior.equal(copy).all().ToBoolean());
    }

    [Test]
    public void EachObjectIsSolvedAsIfAlone()
    {
        using var scope = NewDisposeScope();
        var prior = Start(3);
        var all = _step.Solve(prior, new PriorPull(0.02, 0.01), 5, true);
        for (var b = 0; b < 3; b++)
        {
            var alone = _step.Solve(prior.narrow(0, b, 1), new PriorPull(0.02, 0.01), 5, true);
            Assert.That((all.narrow(0, b, 1) - alone).abs().max().ToDouble(), Is.LessThan(1e-5));
        }
    }

    [Test]
    public void EvaluationsAreCounted()
    {
        using var scope = NewDisposeScope();
        _step.Solve(Start(2), new PriorPull(1e4), 5, true);
        // The searched step tries again where its curvature was too small, and a strong prior moves little.
        Assert.That(_step.Evaluations, Is.EqualTo(10));
        _step.WarmStart(3, 1e-3, default);
        Assert.That(_step.Evaluations, name == "searched" ? Is.GreaterThanOrEqualTo(13) : Is.EqualTo(13));
    }

    [Test]
    public void AWarmStartEndsWhenItIsCancelled() =>
        Assert.That(
            () => _step.WarmStart(3, 1e-3, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );

    [Test]
    public void AWarmStartIsInTheGaugeOfPriorsAndLeavesNoTensorBehind()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var start = _step.WarmStart(4, 1e-3, default))
        {
            using var scope = NewDisposeScope();
            var sum = start.sum();
            Assert.That(start.shape, Is.EqualTo(new long[] { 1, 64, 64 }));
            Assert.That(sum.real.ToDouble(), Is.GreaterThan(0));
            Assert.That((sum.imag / sum.real).ToDouble(), Is.Zero.Within(1e-4));
        }

        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private static Tensor Start(long count)
    {
        using var generator = new Generator(4, CPU);
        return randn([count, 64, 64], complex64, generator: generator) * 0.2 + 1;
    }
}
