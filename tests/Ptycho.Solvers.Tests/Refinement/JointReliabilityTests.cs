using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Refinement;

/// <summary>What goes wrong in a run that finds the experiment, too, is found in its level; and its bits stay.</summary>
public class JointReliabilityTests
{
    private const int Step = 4;

    private static readonly TestCaseData[] Kinds =
    [
        new TestCaseData(JointRefinement.UnknownFlux).SetArgDisplayNames("flux"),
        new TestCaseData(new JointRefinement { Probe = true }).SetArgDisplayNames("probe"),
        new TestCaseData(JointRefinement.RoughPositions).SetArgDisplayNames("positions"),
        new TestCaseData(JointRefinement.Everything).SetArgDisplayNames("everything"),
    ];

    [TestCaseSource(nameof(Kinds))]
    public void ANanOfThePriorIsFoundInItsLevel(JointRefinement kind)
    {
        var failure = Failure(kind, x => full_like(x, float.NaN));
        Assert.That(failure.Term, Is.EqualTo("prior's estimate"));
    }

    /// <summary>An estimate of nothing: without light there is no flux, and no probe explains the frames.</summary>
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void AnEstimateOfNothingIsFoundInItsLevel(bool flux, bool probe)
    {
        var kind = new JointRefinement { Flux = flux, Probe = probe };
        var failure = Failure(kind, Nothing);
        Assert.That(failure.Term, Is.EqualTo("data step's experiment"));
    }

    [Test]
    public void WhereEstimatesOfNothingTellNoPlacesFramesStayWithinTheirBounds()
    {
        using var small = new Small();
        var prior = new Blinking(Step, Nothing);
        var result = Solver(JointRefinement.RoughPositions, prior).Solve(small.Measurement);
        Assert.That(Array.TrueForAll(result.Object.Real, float.IsFinite));
        Assert.That(
            result.Positions!.Zip(small.Measurement.Positions, (a, b) => Math.Max(a.Row - b.Row, b.Row - a.Row)),
            Has.All.AtMost(4)
        );
    }

    [Test]
    public void APriorWhoseMiddleIsNothingFindsNoFluxAndSaysSoBeforeWork()
    {
        using var small = new Small();
        var prior = new FlatPrior(0.5, new RealImaginaryTransform(new RealImaginaryOptions { RealMean = 0 }));
        Assert.That(
            () => Solver(JointRefinement.UnknownFlux, prior).Solve(small.Measurement),
            Throws.ArgumentException.With.Message.Contains("Flux").And.Message.Contains("magnitude 0")
        );
    }

    [Test]
    public void TheBitsDoNotDependOnTheThreads()
    {
        using var small = new Small();
        ReconstructionResult Solve(int count) =>
            new AnnealedSolver(new FlatPrior(0.5), Options(JointRefinement.Everything)) { DataThreads = count }.Solve(
                small.Measurement
            );
        var (one, many) = (Solve(1), Solve(2));
        Assert.That(many.Object.Real, Is.EqualTo(one.Object.Real));
        Assert.That(many.Object.Imaginary, Is.EqualTo(one.Object.Imaginary));
        Assert.That(many.Positions, Is.EqualTo(one.Positions));
        Assert.That(many.Probe.Modes[0].Real, Is.EqualTo(one.Probe.Modes[0].Real));
    }

    /// <summary>All frames on one place would be a neighbour of every other: nobody writes down who.</summary>
    [Test]
    public void NeighboursAreCountedOnlyUntilTheyAreTooMany()
    {
        var places = Enumerable.Range(0, 40_000).Select(k => new ScanPosition(0, 1e-6 * k));
        var crowd = UniformFrames.At(new ScanPattern(places), 1, 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(PositionTrials.AreWorthwhile(crowd), Is.False);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    private static NumericalFailureException Failure(JointRefinement kind, Func<Tensor, Tensor> bad)
    {
        using var small = new Small();
        var tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var failure = Assert.Throws<NumericalFailureException>(() =>
            Solver(kind, new Blinking(Step, bad)).Solve(small.Measurement)
        )!;
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(tensors), "no tensor is left");
        Assert.That(failure.Iteration, Is.EqualTo(Step), failure.Message);
        Assert.That(failure.Level, Is.Not.Null);
        Assert.That(failure.LastObject!.Real.Max(), Is.GreaterThan(0.1), "the object of the level before");
        return failure;
    }

    private static AnnealedSolver Solver(JointRefinement kind, IPrior prior) => new(prior, Options(kind));

    private static AnnealedOptions Options(JointRefinement kind) =>
        SmallOptions.Annealed with
        {
            Refinement = kind with { StartIterations = 5, ProbeSteps = 5, TrialSweeps = 1, Passes = 1 },
        };

    private static Tensor Nothing(Tensor x) =>
        new RealImaginaryTransform().ToChannels(zeros([x.shape[0], x.shape[2], x.shape[3]], complex64));

    /// <summary>A prior of which one answer is another.</summary>
    private sealed class Blinking(int at, Func<Tensor, Tensor> answer) : IPrior
    {
        private readonly FlatPrior _inner = new(0.5, new RealImaginaryTransform());
        private int _calls;

        public NoiseSchedule Schedule => _inner.Schedule;

        public IDataTransform Transform => _inner.Transform;

        public Tensor Denoise(Tensor x, int level) => ++_calls == at ? answer(x) : _inner.Denoise(x, level);
    }
}
