using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Annealing;
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

    private sealed class Immediate(Action<ReconstructionProgress> action) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => action(value);
    }
}
