using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Likelihoods;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>What is not finite is found in the step in which it arises, and what was good before is in the exception.</summary>
public class NumericalWatchTests
{
    private const int Step = 4;

    private static readonly (string Name, Action<PosteriorProblem, IPrior> Run)[] Samplers =
    [
        (
            "annealed",
            (problem, prior) =>
                new AnnealedSampler(prior, new AnnealedOptions { Levels = 8, WarmStartIterations = 5 }).Run(problem)
        ),
        ("DPS", (problem, prior) => new DpsSampler(prior, Guided).Run(problem)),
        (
            "posterior",
            (problem, prior) =>
                new PosteriorSampler(
                    prior,
                    new PosteriorOptions
                    {
                        Chains = 2,
                        Levels = 8,
                        LangevinSteps = 3,
                        WarmStartIterations = 5,
                    }
                ).Run(problem)
        ),
    ];

    private static DpsOptions Guided =>
        new()
        {
            Steps = 8,
            TravelLength = 0,
            Energy = GuidanceEnergy.EuclideanNorm,
        };

    private static IEnumerable<string> Names => Samplers.Select(s => s.Name);

    [TestCaseSource(nameof(Names))]
    public void ANanOfThePriorIsFoundInItsStep(string name)
    {
        using var small = new Small();
        var failure = Failure(name, small.Problem, new Poisoned(Step));
        Assert.That(failure.Iteration, Is.EqualTo(Step), failure.Message);
        Assert.That(failure.Term, Is.EqualTo("prior's estimate"));
        AssertGood(failure);
    }

    [TestCaseSource(nameof(Names))]
    public void ANanOfTheLikelihoodIsFoundInItsStep(string name)
    {
        using var small = new Small();
        using var likelihood = new Broken(small.Likelihood);
        var problem = new PosteriorProblem(small.Operator, likelihood, small.Problem.AmplitudeNoise);
        var failure = Failure(
            name,
            problem,
            new Poisoned(int.MaxValue, at: Step, then: () => likelihood.IsBroken = true)
        );
        Assert.That(failure.Iteration, Is.EqualTo(Step), failure.Message);
        Assert.That(failure.Term, Is.Not.EqualTo("prior's estimate"));
        AssertGood(failure);
    }

    [Test]
    public void AStateThatGrowsWithoutBoundsIsFoundThoughItIsFinite()
    {
        using var small = new Small();
        var options = Guided with { StepSize = 1e8 };
        var failure = Assert.Throws<NumericalFailureException>(() =>
            new DpsSampler(new FlatPrior(0.5), options).Run(small.Problem)
        )!;
        Assert.That(failure.Term, Is.EqualTo("state"));
        Assert.That(failure.Iteration, Is.LessThanOrEqualTo(2));
    }

    [TestCaseSource(nameof(Names))]
    public void AFailureLeavesNoTensorBehind(string name)
    {
        using var small = new Small();
        Failure(name, small.Problem, new Poisoned(Step));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Failure(name, small.Problem, new Poisoned(Step));
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private static readonly TestCaseData[] BadStarts =
    [
        new TestCaseData(() => ones([1, 64, 63], complex64), "64, 63").SetArgDisplayNames("shape"),
        new TestCaseData(() => ones([3, 64, 64], complex64), "3, 64, 64").SetArgDisplayNames("chains"),
        new TestCaseData(() => ones([64, 64], complex64), "[64, 64]").SetArgDisplayNames("axes"),
        new TestCaseData(() => ones([1, 64, 64]), "complex64").SetArgDisplayNames("type"),
        new TestCaseData(() => ones([1, 64, 64], complex64) * double.NaN, "NaN").SetArgDisplayNames("NaN"),
        new TestCaseData(() => zeros([1, 64, 64], complex64), "0 everywhere").SetArgDisplayNames("zero"),
    ];

    [TestCaseSource(nameof(BadStarts))]
    public void ABadStartIsRefusedBeforeWork(Func<Tensor> make, string word)
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var prior = new Poisoned(1);
        var start = make();
        Action[] runs =
        [
            () => new AnnealedSampler(prior).Run(small.Problem, start),
            () => new DpsSampler(prior, Guided with { WarmStartSigma = 1 }).Run(small.Problem, start),
            () => new PosteriorSampler(prior).Run(small.Problem, start),
        ];
        foreach (var run in runs)
            Assert.That(() => run(), Throws.ArgumentException.With.Message.Contains(word));
        Assert.That(prior.Calls, Is.Zero);
    }

    private static NumericalFailureException Failure(string name, PosteriorProblem problem, IPrior prior) =>
        Assert.Throws<NumericalFailureException>(() => Samplers.Single(s => s.Name == name).Run(problem, prior))!;

    private static void AssertGood(NumericalFailureException failure)
    {
        Assert.That(failure.Level, Is.Not.Null);
        Assert.That(failure.LastObject, Is.Not.Null);
        Assert.That(Array.TrueForAll(failure.LastObject!.Real, float.IsFinite));
        Assert.That(failure.LastObject.Real.Max(), Is.GreaterThan(0.1), "an estimate, not an empty field");
    }

    /// <summary>A prior whose answer to a call is NaN in one pixel.</summary>
    private sealed class Poisoned(int poisoned, int at = 0, Action? then = null) : IDifferentiablePrior
    {
        private readonly FlatPrior _inner = new(0.5);

        internal int Calls { get; private set; }

        public NoiseSchedule Schedule => _inner.Schedule;

        public IDataTransform Transform => _inner.Transform;

        public Tensor Denoise(Tensor x, int level)
        {
            if (++Calls == at)
                then!();
            var good = _inner.Denoise(x, level);
            if (Calls != poisoned)
                return good;
            var bad = zeros_like(good);
            bad.flatten()[17] = tensor(float.NaN);
            return good + bad;
        }
    }

    /// <summary>A likelihood that from some moment on gives NaN.</summary>
    private sealed class Broken(AmplitudeLikelihood inner) : IMajorizedLikelihood
    {
        internal bool IsBroken { get; set; }

        public string Name => inner.Name;

        public Tensor Energy(Tensor farField) => Break(inner.Energy(farField));

        public Tensor Gradient(Tensor farField) => Break(inner.Gradient(farField));

        public Tensor Target(Tensor farField) => Break(inner.Target(farField));

        public void Dispose() { }

        private Tensor Break(Tensor good) => IsBroken ? good * double.NaN : good;
    }
}
