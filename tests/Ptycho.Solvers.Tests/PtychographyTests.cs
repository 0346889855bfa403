using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
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
    [TestCase(4, false, false, SolverKind.MaximumLikelihood)]
    [TestCase(4, true, false, SolverKind.MaximumLikelihood)]
    [TestCase(4, false, true, SolverKind.MaximumLikelihood)]
    [TestCase(4, true, true, SolverKind.MaximumLikelihood)]
    [TestCase(16, false, false, SolverKind.MaximumLikelihood)]
    [TestCase(16, true, false, SolverKind.Annealed)]
    [TestCase(16, false, true, SolverKind.MaximumLikelihood)]
    [TestCase(16, true, true, SolverKind.Annealed)]
    public void TheChoiceFollowsOverlapPriorAndProbe(int step, bool prior, bool refine, SolverKind expected)
    {
        using var small = new Small(step);
        var options = new PtychographyOptions { Refinement = refine ? new ProbeRefinement() : null };
        var choice = Ptychography.Choose(small.Measurement, prior ? new FlatPrior(0.5) : null, options);
        TestContext.Out.WriteLine($"{choice.Solver.Name}: {choice.Reason}");
        Assert.That(choice.Kind, Is.EqualTo(expected));
        Assert.That(choice.Solver.Name, Is.EqualTo(expected == SolverKind.Annealed ? "Annealed" : "ML"));
        Assert.That(choice.Reason, Does.Contain("overlap by").And.Contain(prior ? "the prior" : "no prior"));
        if (refine)
            Assert.That(choice.Reason, Does.Contain("probe or positions are"));
    }

    [Test]
    public void TheChoiceGoesByTheOverlapThatThePreflightReportShows()
    {
        // Clamped at the border: steps of 20 and one of 4, by whose median the probes would overlap by four fifths.
        using var small = new Small(16);
        var scan = RasterScan.Clamped(96, 96, 32, 32, 20);
        var data = new DiffractionData(
            [.. Enumerable.Repeat(1f, scan.Count * 1024)],
            scan.Count,
            32,
            32,
            DiffractionUnit.Counts
        );
        var measurement = new Measurement(data, scan, small.Measurement.Probe, 96, 96);
        var choice = Ptychography.Choose(measurement, new FlatPrior(0.5));
        var shown = PreflightReport.Create(measurement).ProbeOverlap;
        Assert.That(shown, Is.EqualTo(ScanCoverage.Overlap(scan, measurement.Probe)).And.LessThan(0.65));
        Assert.That(choice.Preflight.ProbeOverlap, Is.EqualTo(shown));
        Assert.That(choice.Reason, Does.Contain($"overlap by {100 * shown:F0} %"));
        Assert.That(choice.Kind, Is.EqualTo(SolverKind.Annealed));
    }

    [TestCase(16, 20)]
    [TestCase(4, 10)]
    public void MaximumLikelihoodRefinesTheProbeOfASparseScanLater(int step, int start)
    {
        using var small = new Small(step);
        var unsaid = Probe(null);
        Assert.That(unsaid, Is.EqualTo(Probe(start)));
        Assert.That(unsaid, Is.Not.EqualTo(Probe(1)));

        float[] Probe(int? named)
        {
            var options = new PtychographyOptions
            {
                Refinement = new ProbeRefinement { StartIteration = named },
                Stop = new StopRules { Iterations = start + 3 },
            };
            return Ptychography.Reconstruct(small.Measurement, options: options).Probe.Modes[0].Real;
        }
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
        var likelihood = new MaximumLikelihoodOptions { Stop = new StopRules { Iterations = 9 } };
        var options = new PtychographyOptions { MaximumLikelihood = likelihood };
        var result = Ptychography.Reconstruct(small.Measurement, options: options);
        Assert.That(result.Solver, Is.EqualTo("ML"));
        Assert.That(result.Reason, Is.EqualTo(Ptychography.Choose(small.Measurement).Reason));
        Assert.That(result.Iterations, Is.EqualTo(9), "the options of the chosen solver count");
        var shorter = options with { Stop = new StopRules { Iterations = 7 } };
        Assert.That(Ptychography.Reconstruct(small.Measurement, options: shorter).Iterations, Is.EqualTo(7));
        Assert.That(result.Probe, Is.SameAs(small.Measurement.Probe));
    }

    [TestCase(1e5)]
    [TestCase(1e3)]
    public void WithoutAPriorLowOverlapAndFewCountsAreBetterThanBySmoothAwf(double peakCounts)
    {
        var truth = BloodSmearPhantom.Create(96, 96, 4);
        var scan = RasterScan.Clamped(96, 96, 32, 32, 20);
        var measurement = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, peakCounts, 3);
        var found = Ptychography.Reconstruct(measurement);
        var chosen = ReconstructionMetrics.Nrmse(found.Object, truth);
        var smooth = new AwfSolver(new AwfOptions { Smoothness = ClassicalFactory.Smoothness }).Solve(measurement);
        var other = ReconstructionMetrics.Nrmse(smooth.Object, truth);
        TestContext.Out.WriteLine($"NRMSE {chosen:F3}, smooth AWF {other:F3}; {found.Reason}");
        Assert.That(chosen, Is.LessThan(0.8 * other));
        Assert.That(found.Reason, peakCounts < 1e4 ? Does.Contain("are few") : Does.Not.Contain("are few"));
    }

    [Test]
    public void TheAnnealedSolverRefinesProbeAndPositionsItself()
    {
        using var small = new Small();
        var options = new PtychographyOptions
        {
            Annealed = Quick,
            Refinement = new ProbeRefinement(),
            Correction = new PositionCorrection { LargestShift = 1.5 },
        };
        var result = Ptychography.Reconstruct(small.Measurement, new FlatPrior(0.5), options);
        Assert.That(result.Solver, Is.EqualTo("Annealed"));
        Assert.That(result.Reason, Does.Contain("refined while it helps"));
        Assert.That(result.Probe, Is.Not.SameAs(small.Measurement.Probe));
        var shifts = result.Positions!.Zip(
            small.Measurement.Positions,
            (a, b) => Math.Max(Math.Abs(a.Row - b.Row), Math.Abs(a.Column - b.Column))
        );
        // Their mean is kept, so the bound on a shift holds but for the mean's own.
        Assert.That(shifts.Max(), Is.GreaterThan(0).And.LessThan(3));
    }

    [Test]
    public void DpsStartsFromTheRefinedProbeAndKeepsBothCheckpoints()
    {
        var truth = BloodSmearPhantom.Create(64, 64, 9);
        var right = SyntheticProbes.SoftDisk(32, 32, 20, 2, 0.02);
        var exact = DiffractionSimulator.Simulate(truth, right, RasterScan.Clamped(64, 64, 32, 32, 8), 1e6, 3);
        var measurement = exact.WithProbe(SyntheticProbes.SoftDisk(32, 32, 21, 2, 0.016));
        var folder = Directory.CreateTempSubdirectory("ptycho-front-door-");
        try
        {
            var options = new PtychographyOptions
            {
                Solver = SolverKind.Dps,
                Dps = new DpsOptions { Steps = 4, TravelLength = 0 },
                Refinement = new ProbeRefinement(),
                Stop = new StopRules { Iterations = 100 },
                Checkpoint = new CheckpointOptions { Path = Path.Combine(folder.FullName, "run.safetensors") },
            };
            var result = Ptychography.Reconstruct(measurement, new FlatPrior(0.5), options);
            Assert.That(result.Solver, Is.EqualTo("ML + DPS"));
            Assert.That(Error(result.Probe), Is.LessThan(0.5 * Error(measurement.Probe)));
            Assert.That(
                folder.GetFiles().Select(file => file.Name),
                Is.EquivalentTo(["run.safetensors", "run.refinement.safetensors"])
            );
            var again = Ptychography.Reconstruct(measurement, new FlatPrior(0.5), options);
            Assert.That(again.Object.Real, Is.EqualTo(result.Object.Real));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

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
    [TestCase(SolverKind.MaximumLikelihood)]
    public void CorrectedPositionsAreInTheResult(SolverKind kind)
    {
        using var small = new Small(step: 8);
        var stop = new StopRules { Iterations = 3 };
        var options = new PtychographyOptions
        {
            Solver = kind,
            Correction = new PositionCorrection(),
            Stop = stop,
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
        Assert.That(log.Lines, Has.Some.EqualTo($"Information: ML: {choice.Reason}"));
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
