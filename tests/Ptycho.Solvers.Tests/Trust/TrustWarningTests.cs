using System.Numerics;
using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Trust;

/// <summary>What the blood-smear prior's results warn of, and where they are silent.</summary>
public class TrustWarningTests
{
    private static readonly AnnealedOptions Quick = AnnealedOptions.Fast with { Levels = 12, Seed = 5 };
    private NetworkPrior _prior = null!;

    [OneTimeSetUp]
    public void Load() => _prior = BloodSmear.Prior();

    [OneTimeTearDown]
    public void Free() => _prior.Dispose();

    [TestCase(20)]
    [TestCase(50)]
    [TestCase(70)]
    public void APhantomOfThePriorsKindIsNotWarnedAbout(int overlap)
    {
        var result = Solve(BloodSmearPhantom.Create(64, 64, 2), overlap);
        Assert.That(result.Warnings, Is.Empty);
    }

    [TestCase(20)]
    [TestCase(50)]
    [TestCase(70)]
    public void ASiemensStarIs(int overlap)
    {
        var result = Solve(BloodSmear.Siemens(), overlap);
        Assert.That(Kinds(result), Does.Contain(TrustWarningKind.PriorMismatch));
        Assert.That(result.Warnings[0].Value, Is.GreaterThan(result.Warnings[0].Threshold));
    }

    [TestCase(20)]
    [TestCase(50)]
    [TestCase(70)]
    public void APhaseStepIs(int overlap) =>
        Assert.That(Kinds(Solve(BloodSmear.Step(), overlap)), Does.Contain(TrustWarningKind.PriorMismatch));

    [Test]
    public void WithoutAPriorAWrongProbeIsWarnedAboutAndTheRightOneIsNot()
    {
        var truth = BloodSmearPhantom.Create(64, 64, 2);
        var scan = RasterScan.Clamped(64, 64, 32, 32, 8);
        var good = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, 1e5, seed: 1);
        var bad = good.WithProbe(SyntheticProbes.SoftDisk(32, 32, 10, 2, 0.03));
        var wrong = new MaximumLikelihoodSolver().Solve(bad);
        Assert.That(new MaximumLikelihoodSolver().Solve(good).Warnings, Is.Empty);
        Assert.That(Kinds(wrong), Is.EqualTo(new[] { TrustWarningKind.DataMisfit }));
        Assert.That(wrong.Warnings[0].Message, Does.Contain("probe").And.Not.Contain("prior"));
    }

    [TestCase(20)]
    [TestCase(70)]
    public void ABlankFieldStaysBlankAndSilent(int overlap)
    {
        var result = Solve(BloodSmear.Blank(), overlap);
        Assert.That(result.Warnings, Is.Empty, "the prior knows background");
        Assert.That(
            ReconstructionMetrics.Nrmse(result.Object, BloodSmear.Blank()),
            Is.LessThan(0.06),
            "no cell is invented"
        );
    }

    [Test]
    public void HeldOutFramesOfAStarAreNotPredicted()
    {
        var options = Quick with { HeldOutFrames = 0.2 };
        var star = Solve(BloodSmear.Siemens(), 50, options);
        Assert.That(Kinds(star), Does.Contain(TrustWarningKind.HeldOutMisfit));
        var phantom = Solve(BloodSmearPhantom.Create(64, 64, 2), 50, options);
        Assert.That(phantom.Warnings, Is.Empty);
        Assert.That(phantom.HeldOut!.Residual, Is.LessThan(0.3 * star.HeldOut!.Residual));
        Assert.That(
            phantom.HeldOut.ChiSquare,
            Is.GreaterThan(phantom.FrameChiSquare!.Average()),
            "seen frames fit better"
        );
    }

    [Test]
    public void FewCountsLeaveTheObjectToThePrior()
    {
        var measurement = DiffractionSimulator.Simulate(
            BloodSmearPhantom.Create(64, 64, 2),
            SyntheticProbes.StandardH(),
            RasterScan.Clamped(64, 64, 32, 32, 26),
            1e3,
            21
        );
        var result = new AnnealedSolver(_prior, Quick).Solve(measurement);
        Assert.That(Kinds(result), Does.Contain(TrustWarningKind.PriorFilledIn));
    }

    [Test]
    public void TheMapKnowsWhereTheErrorsAre()
    {
        var truth = BloodSmearPhantom.Create(64, 64, 3);
        var result = Solve(truth, 20, Quick with { Chains = 2 });
        var order = Enumerable.Range(0, truth.Length).OrderBy(i => result.DataShare![i]).ToArray();
        var (found, best) = (Values(result.Object), Values(truth));
        var inner = Complex.Zero;
        for (var i = 0; i < best.Length; i++)
            inner += best[i] * Complex.Conjugate(found[i]);
        var turn = inner / inner.Magnitude;
        double Error(IEnumerable<int> pixels) =>
            Math.Sqrt(pixels.Average(i => Math.Pow((found[i] * turn - best[i]).Magnitude, 2)));
        var quarter = truth.Length / 4;
        Assert.That(Error(order.Take(quarter)), Is.GreaterThan(1.15 * Error(order.TakeLast(quarter))));
        Assert.That(result.DataShare, Has.All.InRange(0, 1));
    }

    [Test]
    public void WarningsAreLogged()
    {
        var logger = new Listener();
        new AnnealedSolver(_prior, Quick, logger: logger).Solve(BloodSmear.Measure(BloodSmear.Siemens(), 20));
        Assert.That(logger.Lines, Has.Some.Contains("the prior does not fit this sample"));
    }

    private ReconstructionResult Solve(ComplexField truth, int overlap, AnnealedOptions? options = null) =>
        new AnnealedSolver(_prior, options ?? Quick).Solve(BloodSmear.Measure(truth, overlap));

    private static Complex[] Values(ComplexField field) =>
        [.. field.Real.Zip(field.Imaginary, (re, im) => new Complex(re, im))];

    private static IEnumerable<TrustWarningKind> Kinds(ReconstructionResult result) =>
        result.Warnings.Select(w => w.Kind);

    private sealed class Listener : ILogger<AnnealedSolver>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(formatter(state, exception));
    }
}
