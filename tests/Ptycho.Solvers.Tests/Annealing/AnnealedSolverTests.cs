using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Posterior;
using TorchSharp;

namespace Ptycho.Solvers.Tests.Annealing;

public class AnnealedSolverTests
{
    private static readonly AnnealedOptions Quick = new()
    {
        Levels = 8,
        Chains = 2,
        DataIterations = 10,
        WarmStartIterations = 60,
        Seed = 3,
    };

    [Test]
    public void RecoversAWellMeasuredObject()
    {
        using var small = new Small(step: 8);
        var options = Quick with { Levels = 20, DataIterations = 40 };
        var result = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        Assert.That(
            ReconstructionMetrics.Nrmse(result.Object, small.Truth),
            Is.LessThan(0.12),
            "the flat prior knows nothing of the object"
        );
        Assert.That(result.NetworkEvaluations, Is.EqualTo(40));
        Assert.That(result.FrameMisfit, Has.Count.EqualTo(small.Measurement.Positions.Count));
        Assert.That(result.Residual, Is.GreaterThan(0).And.LessThan(0.1));
        Assert.That(result.StopReason, Is.EqualTo(StopReason.ScheduleCompleted));
    }

    [Test]
    public void SameSeedSameBitsOtherSeedOthers()
    {
        using var small = new Small();
        var first = new AnnealedSolver(new FlatPrior(0.5), Quick).Solve(small.Measurement).Object;
        var second = new AnnealedSolver(new FlatPrior(0.5), Quick).Solve(small.Measurement).Object;
        var other = new AnnealedSolver(new FlatPrior(0.5), Quick with { Seed = 4 }).Solve(small.Measurement).Object;
        Assert.That(second.Real, Is.EqualTo(first.Real));
        Assert.That(second.Imaginary, Is.EqualTo(first.Imaginary));
        Assert.That(other.Real, Is.Not.EqualTo(first.Real));
    }

    [Test]
    public void LeavesNoTensorBehind()
    {
        using var small = new Small();
        var solver = new AnnealedSolver(new FlatPrior(0.5), Quick with { Levels = 3 });
        solver.Solve(small.Measurement);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
            solver.Solve(small.Measurement);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void CancellationStopsBetweenLevels()
    {
        using var small = new Small();
        using var source = new CancellationTokenSource();
        var seen = 0;
        var progress = new Immediate(p =>
        {
            seen = p.Iteration;
            if (p.Iteration == 2)
                source.Cancel();
        });
        Assert.That(
            () => new AnnealedSolver(new FlatPrior(0.5), Quick).Solve(small.Measurement, progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public void OptionsOutsideTheirRangeAreNamed() =>
        Assert.That(
            () => new AnnealedOptions { Levels = 1 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Levels")
        );

    [Test]
    public void PresetsKeepTheirBudgets()
    {
        Assert.That(AnnealedOptions.Fast.Levels * AnnealedOptions.Fast.Chains, Is.LessThanOrEqualTo(20));
        Assert.That(AnnealedOptions.Default.Levels * AnnealedOptions.Default.Chains, Is.LessThanOrEqualTo(100));
    }

    [Test]
    public void ProgressTellsTheResidualAndTheLevel()
    {
        using var small = new Small(step: 8);
        var seen = new List<ReconstructionProgress>();
        var options = Quick with { Levels = 12, DataIterations = 21, LastSigma = 0.0265 };
        var result = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement, new Immediate(seen.Add));
        Assert.That(seen.Select(p => p.Iteration), Is.EqualTo(Enumerable.Range(1, 12)));
        Assert.That(seen.Select(p => p.Residual), Is.EqualTo(result.ResidualHistory));
        Assert.That(seen.Select(p => p.NoiseLevel!.Value), Is.Ordered.Descending);
        Assert.That(seen[^1].Residual, Is.LessThan(0.95 * seen[0].Residual), "the flat prior pulls less and less");
        Assert.That(seen, Has.All.Property(nameof(ReconstructionProgress.Preview)).Null, "off by default");
        // One chain's residual is a little above that of the chains' mean, which the result states.
        Assert.That(result.Residual, Is.LessThan(1.05 * result.ResidualHistory[^1]));
        Assert.That(result.Residual, Is.GreaterThan(0.5 * result.ResidualHistory[^1]));
    }

    [Test]
    public void BothMetersMeasureTheSame()
    {
        using var small = new Small();
        using var scope = torch.NewDisposeScope();
        var objects = torch.stack([small.Truth.ToTensor() * 1.1, small.Truth.ToTensor() * 0.8]);
        var managed = new ManagedResidual(small.Measurement).Residual(objects);
        var any = new EnergyResidual(small.Problem).Residual(objects);
        Assert.That(managed, Is.EqualTo(any).Within(1e-4 * any));
        Assert.That(any, Is.EqualTo(Math.Sqrt((0.1 * 0.1 + 0.2 * 0.2) / 2)).Within(0.005), "beside the noise");
    }

    [Test]
    public void PreviewsComeAtTheirCadenceAndAtTheEnd()
    {
        using var small = new Small();
        var seen = new List<ReconstructionProgress>();
        var options = Quick with { PreviewEvery = 3 };
        var result = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement, new Immediate(seen.Add));
        var previews = seen.Where(p => p.Preview is not null).ToArray();
        Assert.That(previews.Select(p => p.Iteration), Is.EqualTo(new[] { 3, 6, 8 }));
        Assert.That(previews[^1].Preview!.Real, Is.EqualTo(result.Object.Real));
        Assert.That(previews[0].Preview!.Real, Is.Not.EqualTo(result.Object.Real));
    }

    [Test]
    public void ANumberThatIsNotFiniteStopsTheRunAndTheLastGoodObjectIsKept()
    {
        using var small = new Small();
        var good = new List<ReconstructionProgress>();
        var solver = new AnnealedSolver(new FailingPrior(4), Quick with { PreviewEvery = 1, Chains = 1 });
        var failure = Assert.Throws<NumericalFailureException>(() =>
            solver.Solve(small.Measurement, new Immediate(good.Add))
        );
        Assert.That(good, Has.Count.EqualTo(3));
        Assert.That(failure!.Iteration, Is.EqualTo(4));
        Assert.That(failure.Level, Is.LessThan(good[^1].NoiseLevel!.Value));
        Assert.That(failure.Term, Does.Contain("prior"));
        Assert.That(failure.LastObject!.Real, Is.EqualTo(good[^1].Preview!.Real));
    }

    [Test]
    public void AFailureAtOnceHasNoObject()
    {
        using var small = new Small();
        var failure = Assert.Throws<NumericalFailureException>(() =>
            new AnnealedSolver(new FailingPrior(1), Quick).Solve(small.Measurement)
        );
        Assert.That(failure!.LastObject, Is.Null);
    }

    [Test]
    public void AChainsNoiseDoesNotDependOnTheOthers()
    {
        using var small = new Small();
        using var scope = torch.NewDisposeScope();
        var sampler = new AnnealedSampler(new FlatPrior(0.5), Quick with { Chains = 1 });
        var both = new AnnealedSampler(new FlatPrior(0.5), Quick with { Chains = 2 });
        using var one = sampler.Run(small.Problem);
        using var two = both.Run(small.Problem);
        var difference = (two.Objects[0] - one.Objects[0]).abs().max().ToDouble();
        Assert.That(difference, Is.LessThan(1e-3));
        Assert.That((two.Objects[1] - one.Objects[0]).abs().max().ToDouble(), Is.GreaterThan(1e-2));
    }

    private sealed class Immediate(Action<ReconstructionProgress> action) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => action(value);
    }

    /// <summary>Gives one NaN at its n-th call.</summary>
    private sealed class FailingPrior(int failsAt) : IPrior
    {
        private readonly FlatPrior _inner = new(0.5);
        private int _calls;

        public NoiseSchedule Schedule => _inner.Schedule;

        public IDataTransform Transform => _inner.Transform;

        public torch.Tensor Denoise(torch.Tensor x, int level)
        {
            var result = _inner.Denoise(x, level);
            if (++_calls == failsAt)
                result[0, 0, 5].fill_(float.NaN);
            return result;
        }
    }
}
