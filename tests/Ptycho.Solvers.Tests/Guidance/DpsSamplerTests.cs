using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Tests.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Guidance;

public class DpsSamplerTests
{
    [TestCase(GuidanceEnergy.AbsoluteNorm)]
    [TestCase(GuidanceEnergy.EuclideanNorm)]
    [TestCase(GuidanceEnergy.Energy)]
    public void GradientAgreesWithFiniteDifferences(GuidanceEnergy kind)
    {
        using var small = new Small();
        using ILikelihood likelihood =
            kind == GuidanceEnergy.AbsoluteNorm ? new AbsoluteLikelihood(small.Measurement.Data)
            : kind == GuidanceEnergy.Energy ? new PoissonLikelihood(small.Measurement.Data)
            : new AmplitudeLikelihood(small.Measurement.Data);
        var problem = small.Problem with { };
        problem = new(problem.Operator, likelihood, problem.AmplitudeNoise);
        using var scope = NewDisposeScope();
        using var generator = new Generator(2, CPU);
        var f = small.Truth.ToTensor().unsqueeze(0) * 1.2;
        var direction = randn([1, 64, 64], complex64, generator: generator);
        var gradient = GuidanceGradient.Of(problem, f, kind, out _);
        var expected = (gradient.conj_physical() * direction).real.sum().ToDouble();
        const double h = 1e-3;
        GuidanceGradient.Of(problem, f + direction * h, kind, out var above);
        GuidanceGradient.Of(problem, f - direction * h, kind, out var below);
        Assert.That((above - below) / (2 * h), Is.EqualTo(expected).Within(0.03 * Math.Abs(expected) + 0.02));
    }

    [Test]
    public void GuidanceLowersTheResidual()
    {
        using var small = new Small();
        var prior = new FlatPrior(0.5);
        var options = new DpsOptions
        {
            Steps = 60,
            TravelLength = 0,
            StepSize = 0.5,
            Seed = 1,
        };
        var guided = new DpsSolver(prior, options).Solve(small.Measurement);
        var free = new DpsSolver(prior, options with { StepSize = 1e-9 }).Solve(small.Measurement);
        Assert.That(guided.Residual, Is.LessThan(0.8 * free.Residual));
        Assert.That(guided.NetworkEvaluations, Is.EqualTo(60));
    }

    [Test]
    public void TravelCostsWhatThePlanSays()
    {
        using var small = new Small();
        var options = new DpsOptions { Steps = 12, TravelLength = 3 };
        var result = new DpsSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        Assert.That(result.NetworkEvaluations, Is.EqualTo(12 + 9 * 3));
    }

    [Test]
    public void APriorWithoutGradientsIsRefused() =>
        Assert.That(
            () => new DpsSampler(new NoGradients()),
            Throws.ArgumentException.With.Message.Contains(nameof(IDifferentiablePrior))
        );

    [Test]
    public void LeavesNoTensorBehind()
    {
        using var small = new Small();
        var solver = new DpsSolver(new FlatPrior(0.5), new DpsOptions { Steps = 5, TravelLength = 2 });
        solver.Solve(small.Measurement);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        solver.Solve(small.Measurement);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private sealed class NoGradients : IPrior
    {
        private readonly FlatPrior _inner = new(1);

        public Ptycho.Diffusion.Schedules.NoiseSchedule Schedule => _inner.Schedule;

        public Ptycho.Diffusion.Transforms.IDataTransform Transform => _inner.Transform;

        public Tensor Denoise(Tensor x, int level) => _inner.Denoise(x, level);
    }
}
