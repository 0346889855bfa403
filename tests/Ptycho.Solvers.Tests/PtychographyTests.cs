using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Selection;
using Ptycho.Solvers.Tests.Posterior;

namespace Ptycho.Solvers.Tests;

public class PtychographyTests
{
    private static readonly AnnealedOptions Quick = new()
    {
        Levels = 6,
        DataIterations = 10,
        WarmStartIterations = 40,
    };

    // Steps in pixels; probe H holds 90 % of its energy within 21.4 pixels.
    [TestCase(4, false, false, SolverKind.Awf)]
    [TestCase(4, true, false, SolverKind.Awf)]
    [TestCase(4, false, true, SolverKind.Rpie)]
    [TestCase(4, true, true, SolverKind.Rpie)]
    [TestCase(16, false, false, SolverKind.Awf)]
    [TestCase(16, true, false, SolverKind.Annealed)]
    [TestCase(16, false, true, SolverKind.Rpie)]
    [TestCase(16, true, true, SolverKind.Annealed)]
    public void TheChoiceFollowsOverlapPriorAndProbe(int step, bool prior, bool refine, SolverKind expected)
    {
        using var small = new Small(step);
        var options = new PtychographyOptions { Refinement = refine ? new ProbeRefinement() : null };
        var choice = Ptychography.Choose(small.Measurement, prior ? new FlatPrior(0.5) : null, options);
        TestContext.Out.WriteLine($"{choice.Solver.Name}: {choice.Reason}");
        Assert.That(choice.Kind, Is.EqualTo(expected));
        Assert.That(
            choice.Solver.Name,
            Does.EndWith(
                expected switch
                {
                    SolverKind.Awf => "AWF",
                    SolverKind.Rpie => "rPIE",
                    _ => "Annealed",
                }
            )
        );
        Assert.That(choice.Reason, Does.Contain("overlap by").And.Contain(prior ? "the prior" : "no prior"));
    }

    [Test]
    public void WithAPriorASingleFrameCountsAsSparse()
    {
        using var small = new Small();
        var one = small.Measurement.Select([4]);
        Assert.That(Ptychography.Choose(one, new FlatPrior(0.5)).Kind, Is.EqualTo(SolverKind.Annealed));
        Assert.That(Ptychography.Choose(one).Reason, Does.Contain("single frame").And.Contain("artefacts"));
    }

    [Test]
    public void WithAPriorAnObjectThatIsMostlyUnseenCountsAsSparse()
    {
        using var small = new Small(step: 4);
        var seen = small.Measurement;
        var wide = new Measurement(seen.Data, seen.Positions, seen.Probe, 96, 96);
        Assert.That(Ptychography.Choose(wide, new FlatPrior(0.5)).Kind, Is.EqualTo(SolverKind.Annealed));
    }

    [Test]
    public void ResultSaysWhichSolverAndWhyAndKeepsAKnownProbe()
    {
        using var small = new Small();
        var options = new PtychographyOptions { Awf = new AwfOptions { Stop = new StopRules { Iterations = 7 } } };
        var result = Ptychography.Reconstruct(small.Measurement, options: options);
        Assert.That(result.Solver, Is.EqualTo("AWF"));
        Assert.That(result.Reason, Is.EqualTo(Ptychography.Choose(small.Measurement).Reason));
        Assert.That(result.Iterations, Is.EqualTo(7), "the options of the chosen solver count");
        Assert.That(result.Probe, Is.SameAs(small.Measurement.Probe));
    }

    [Test]
    public void WithoutAPriorLowOverlapIsSmoothed()
    {
        var truth = BloodSmearPhantom.Create(96, 96, 4);
        var measurement = DiffractionSimulator.Simulate(
            truth,
            SyntheticProbes.StandardH(),
            RasterScan.Clamped(96, 96, 32, 32, 20),
            1e5,
            3
        );
        var chosen = ReconstructionMetrics.Nrmse(Ptychography.Reconstruct(measurement).Object, truth);
        var plain = ReconstructionMetrics.Nrmse(new AwfSolver().Solve(measurement).Object, truth);
        TestContext.Out.WriteLine($"NRMSE {chosen:F3}, without the penalty {plain:F3}");
        Assert.That(chosen, Is.LessThan(0.9 * plain));
    }

    [Test]
    public void ASolverWithAPriorStartsFromTheRefinedProbe()
    {
        var truth = BloodSmearPhantom.Create(64, 64, 9);
        var right = SyntheticProbes.SoftDisk(32, 32, 20, 2, 0.02);
        var exact = DiffractionSimulator.Simulate(truth, right, RasterScan.Clamped(64, 64, 32, 32, 8), 1e6, 3);
        var measurement = exact.WithProbe(SyntheticProbes.SoftDisk(32, 32, 21, 2, 0.016));
        var options = new PtychographyOptions
        {
            Solver = SolverKind.Annealed,
            Annealed = Quick with { DataIterations = 40 },
            Rpie = new RpieOptions { Stop = new StopRules { Iterations = 100 } },
        };
        var prior = new FlatPrior(0.5);
        var without = Ptychography.Reconstruct(measurement, prior, options);
        var refined = Ptychography.Reconstruct(measurement, prior, options with { Refinement = new ProbeRefinement() });
        TestContext.Out.WriteLine($"residual {without.Residual:F4} -> {refined.Residual:F4}");
        Assert.That(refined.Solver, Is.EqualTo("rPIE + Annealed"));
        Assert.That(refined.Residual, Is.LessThan(0.5 * without.Residual));
        Assert.That(refined.OperatorEvaluations, Is.GreaterThan(without.OperatorEvaluations));
        var (before, after) = (Error(measurement.Probe), Error(refined.Probe));
        Assert.That(after, Is.LessThan(0.5 * before));
        Assert.That(without.Probe, Is.SameAs(measurement.Probe));

        double Error(Probe probe) => ReconstructionMetrics.NrmseScaled(probe.Modes[0], right.Modes[0]);
    }

    [Test]
    public void ANetworksPriorIsWindowedWhereTheObjectDoesNotFit()
    {
        var network = new CompactUNet(
            new CompactUNetOptions
            {
                ModelChannels = 16,
                ResidualBlocks = [1, 1, 1],
                HeadChannels = 16,
                Groups = 4,
            }
        );
        Assert.That(60 % network.SizeMultiple, Is.Not.Zero);
        using var prior = new NetworkPrior(
            network,
            NoiseSchedule.Linear(),
            new MagnitudePhaseTransform(),
            Prediction.Velocity
        );
        var truth = new ComplexField(60, 60);
        Array.Fill(truth.Real, 1f);
        var scan = RasterScan.Clamped(60, 60, 32, 32, 14);
        var measurement = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, 1e5, 3);
        var options = new PtychographyOptions { Annealed = Quick with { Levels = 2 } };
        Assert.That(
            () => new AnnealedSolver(prior, options.Annealed).Solve(measurement),
            Throws.ArgumentException,
            "the network takes no 60×60"
        );
        Assert.That(Ptychography.Reconstruct(measurement, prior, options).Object.Height, Is.EqualTo(60));
    }

    [TestCase(SolverKind.Annealed)]
    [TestCase(SolverKind.Dps)]
    public void ASolverThatNeedsAPriorIsRefusedWithoutOne(SolverKind kind)
    {
        using var small = new Small();
        Assert.That(
            () => Ptychography.Reconstruct(small.Measurement, options: new PtychographyOptions { Solver = kind }),
            Throws.ArgumentException.With.Message.Contains($"Solver is {kind}, which needs a prior")
        );
    }

    [TestCase(SolverKind.Awf)]
    [TestCase(SolverKind.Rpie)]
    public void CorrectedPositionsAreInTheResult(SolverKind kind)
    {
        using var small = new Small(step: 8);
        var stop = new StopRules { Iterations = 3 };
        var options = new PtychographyOptions
        {
            Solver = kind,
            Correction = new PositionCorrection(),
            Awf = new AwfOptions { Stop = stop },
            Rpie = new RpieOptions { Stop = stop },
        };
        var result = Ptychography.Reconstruct(small.Measurement, options: options);
        Assert.That(result.Positions, Has.Count.EqualTo(small.Measurement.Positions.Count));
    }

    [Test]
    public void TheLogNamesTheSolverTheReasonAndWhatIsWrong()
    {
        using var small = new Small();
        using var log = new LogLines();
        var choice = Ptychography.Choose(small.Measurement, null, new PtychographyOptions { LoggerFactory = log });
        Assert.That(log.Lines, Has.Some.EqualTo($"Information: AWF: {choice.Reason}"));
        Assert.That(choice.Preflight.Warnings, Is.Not.Empty);
        Assert.That(log.Lines, Has.Some.EqualTo($"Warning: {choice.Preflight.Warnings[0]}"));
    }

    [Test]
    public void CancellationReachesTheSolver()
    {
        using var small = new Small();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(
            () => Ptychography.Reconstruct(small.Measurement, cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }
}
