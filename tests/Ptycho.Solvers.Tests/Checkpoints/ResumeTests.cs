using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Tests.Shared;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Checkpoints;

public class ResumeTests
{
    private static readonly AnnealedOptions Annealed = SmallOptions.Annealed;
    private static readonly DpsOptions Guided = SmallOptions.Guided;
    private string _folder = null!;

    private string Path => System.IO.Path.Combine(_folder, "run.safetensors");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-sampling-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(1, 1)]
    [TestCase(4, 1)]
    [TestCase(5, 3)]
    [TestCase(7, 100)]
    public void ACancelledAnnealedRunEndsWithTheSameBits(int after, int every)
    {
        using var small = new Small();
        var whole = new AnnealedSolver(new FlatPrior(0.5), Annealed).Solve(small.Measurement);
        Cancel(Annealing(Annealed, every), small, after);
        using var again = new Interrupted(-1);
        var resumed = Annealing(Annealed, every).Solve(small.Measurement, again);
        Assert.That(again.First, Is.EqualTo(after + 1), "nothing is done twice");
        AssertSame(resumed, whole);
        Assert.That(resumed.ResidualHistory, Is.EqualTo(whole.ResidualHistory));
        Assert.That(resumed.NetworkEvaluations, Is.EqualTo(whole.NetworkEvaluations));
        Assert.That(resumed.OperatorEvaluations, Is.EqualTo(whole.OperatorEvaluations));
        Assert.That(resumed.PriorMismatch, Is.EqualTo(whole.PriorMismatch));
    }

    [Test]
    public void AColdAndPartlyDeterministicRunGoesOnToo()
    {
        using var small = new Small();
        var options = Annealed with { WarmStartIterations = 0, FreshNoise = 0.5 };
        var whole = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        Cancel(Annealing(options), small, 3);
        AssertSame(Annealing(options).Solve(small.Measurement), whole);
    }

    // In the first pass, at its end, and in the second where frames are tried.
    [TestCase(2)]
    [TestCase(6)]
    [TestCase(11)]
    public void WhatAJointRunHasLearntIsKept(int after)
    {
        using var small = new Small();
        var options = Annealed with
        {
            Refinement = JointRefinement.Everything with
            {
                StartIterations = 5,
                ProbeSteps = 5,
                TrialSweeps = 1,
                Passes = 2,
            },
        };
        var whole = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        Assert.That(whole.ResidualHistory, Has.Count.GreaterThan(after + 1), "two passes");
        Cancel(Annealing(options), small, after);
        var resumed = Annealing(options).Solve(small.Measurement);
        AssertSame(resumed, whole);
        Assert.That(resumed.DataScale, Is.EqualTo(whole.DataScale));
        Assert.That(resumed.Positions, Is.EqualTo(whole.Positions));
        Assert.That(resumed.Probe.Modes[0].Real, Is.EqualTo(whole.Probe.Modes[0].Real));
        Assert.That(resumed.OperatorEvaluations, Is.EqualTo(whole.OperatorEvaluations));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(20)]
    public void ACancelledGuidedRunEndsWithTheSameBits(int after)
    {
        using var small = new Small();
        var whole = new DpsSolver(new FlatPrior(0.5), Guided).Solve(small.Measurement);
        Cancel(Guidance(Guided), small, after);
        using var again = new Interrupted(-1);
        var resumed = Guidance(Guided).Solve(small.Measurement, again);
        Assert.That(again.First, Is.EqualTo(after + 1));
        AssertSame(resumed, whole);
    }

    [Test]
    public void CheckpointsAreWrittenWhetherOrNotAnyoneIsTold()
    {
        using var small = new Small();
        Guidance(Guided).Solve(small.Measurement);
        Assert.That(File.Exists(Path));
    }

    [Test]
    public void AWarmGuidedRunGoesOnWithoutItsStart()
    {
        using var small = new Small();
        var options = Guided with { WarmStartSigma = 1 };
        var whole = new DpsSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        Cancel(Guidance(options), small, 4);
        AssertSame(Guidance(options).Solve(small.Measurement), whole);
    }

    [Test]
    public void AFinishedRunGivesItsResultAtOnce()
    {
        using var small = new Small();
        var first = Annealing(Annealed).Solve(small.Measurement);
        using var again = new Interrupted(-1);
        var second = Annealing(Annealed).Solve(small.Measurement, again);
        Assert.That(again.First, Is.Zero, "no level is done");
        AssertSame(second, first);
    }

    [Test]
    public void OtherOptionsPriorMeasurementAndSamplerAreRefusedByName()
    {
        using var small = new Small();
        using var other = new Small(peakCounts: 1e4);
        Cancel(Annealing(Annealed), small, 2);
        var bytes = File.ReadAllBytes(Path);
        Refused(() => Annealing(Annealed with { Coupling = 3 }).Solve(small.Measurement), "Coupling");
        Refused(() => Annealing(Annealed).Solve(other.Measurement), "measurement");
        var prior = new AnnealedSolver(new FlatPrior(0.6), Annealed) { Checkpoint = Options(1) };
        Refused(() => prior.Solve(small.Measurement), "prior");
        Refused(() => Guidance(Guided).Solve(small.Measurement), "sampler");
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(bytes), "a refused file is left alone");
    }

    [Test]
    public void PreviewsMayDiffer()
    {
        using var small = new Small();
        Cancel(Annealing(Annealed), small, 2);
        Assert.That(() => Annealing(Annealed with { PreviewEvery = 2 }).Solve(small.Measurement), Throws.Nothing);
    }

    [Test]
    public void ADamagedFileIsRefusedAndNamed()
    {
        using var small = new Small();
        Cancel(Annealing(Annealed), small, 2);
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..^100]);
        Refused(() => Annealing(Annealed).Solve(small.Measurement), "run.safetensors");
    }

    /// <summary>A joint run stops within its level, not after it, and loses nothing that was done before.</summary>
    [TestCase(2)]
    [TestCase(5)]
    public void AJointRunIsCancelledWithinALevel(int level)
    {
        using var small = new Small();
        var options = Annealed with
        {
            Refinement = JointRefinement.Everything with
            {
                StartIterations = 5,
                ProbeSteps = 5,
                TrialSweeps = 1,
                Passes = 2,
            },
        };
        var whole = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        using var source = new CancellationTokenSource();
        var told = new List<int>();
        // The fingerprint asks the prior once, before the levels.
        var prior = new CancellingPrior(level + 1, source);
        Assert.That(
            () =>
                new AnnealedSolver(prior, options) { Checkpoint = Options(100) }.Solve(
                    small.Measurement,
                    new Levels(told),
                    source.Token
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(told, Is.EqualTo(Enumerable.Range(1, level - 1)), "the level did not end");
        var later = new List<int>();
        var resumed = new AnnealedSolver(new CancellingPrior(-1, source), options) { Checkpoint = Options(100) }.Solve(
            small.Measurement,
            new Levels(later)
        );
        Assert.That(later[0], Is.EqualTo(level), "nothing is done twice");
        AssertSame(resumed, whole);
        Assert.That(resumed.Positions, Is.EqualTo(whole.Positions));
        Assert.That(resumed.Probe.Modes[0].Real, Is.EqualTo(whole.Probe.Modes[0].Real));
        Assert.That(resumed.OperatorEvaluations, Is.EqualTo(whole.OperatorEvaluations));
    }

    private sealed class Levels(List<int> told) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => told.Add(value.Iteration);
    }

    /// <summary>Cancels when it is asked for the nth time.</summary>
    private sealed class CancellingPrior(int call, CancellationTokenSource source) : IPrior
    {
        private readonly FlatPrior _inner = new(0.5);
        private int _calls;

        public NoiseSchedule Schedule => _inner.Schedule;

        public IDataTransform Transform => _inner.Transform;

        public Tensor Denoise(Tensor x, int level)
        {
            if (++_calls == call)
                source.Cancel();
            return _inner.Denoise(x, level);
        }
    }

    [Test]
    public void AFolderThatIsNotThereIsAnError()
    {
        using var small = new Small();
        var options = new CheckpointOptions { Path = System.IO.Path.Combine(_folder, "no", "run.safetensors") };
        Assert.That(
            () => new AnnealedSolver(new FlatPrior(0.5), Annealed) { Checkpoint = options }.Solve(small.Measurement),
            Throws.InstanceOf<IOException>()
        );
    }

    [Test]
    public void AFullDiskKeepsTheCheckpointBefore()
    {
        using var small = new Small();
        var options = Annealed with { Chains = 1 };
        var whole = new AnnealedSolver(new FlatPrior(0.5), options).Solve(small.Measurement);
        using var disk = new SmallDisk(160 << 10);
        var file = new CheckpointOptions { Path = System.IO.Path.Combine(disk.Folder, "run.safetensors") };
        AnnealedSolver Solver() => new(new FlatPrior(0.5), options) { Checkpoint = file };
        Assert.That(
            () => Solver().Solve(small.Measurement),
            Throws.InstanceOf<IOException>().With.Message.Contains("run.safetensors").And.Message.Contains("step 2")
        );
        Assert.That(Directory.EnumerateFiles(disk.Folder).Count(), Is.EqualTo(1), "no part of a file is left");
        disk.Grow(1 << 20);
        using var again = new Interrupted(-1);
        AssertSame(Solver().Solve(small.Measurement, again), whole);
        Assert.That(again.First, Is.EqualTo(2), "it goes on from the first checkpoint");
    }

    [Test]
    public void AReadOnlyFolderIsAnErrorBeforeTheFirstStep()
    {
        using var small = new Small();
        using var disk = new SmallDisk(1 << 20);
        disk.MakeReadOnly();
        var file = new CheckpointOptions { Path = System.IO.Path.Combine(disk.Folder, "run.safetensors") };
        var prior = new FlatPrior(0.5);
        using var progress = new Interrupted(-1);
        foreach (
            var solver in new IReconstructionSolver[]
            {
                new AnnealedSolver(prior, Annealed) { Checkpoint = file },
                new DpsSolver(prior, Guided) { Checkpoint = file },
            }
        )
            Assert.That(
                () => solver.Solve(small.Measurement, progress),
                Throws.InstanceOf<IOException>().With.Message.Contains("run.safetensors")
            );
        Assert.That(progress.First, Is.Zero);
    }

    private static void Refused(Action action, string name) =>
        Assert.That(action, Throws.InstanceOf<InvalidDataException>().With.Message.Contains(name));

    private static void AssertSame(ReconstructionResult found, ReconstructionResult expected)
    {
        Assert.That(found.Object.Real, Is.EqualTo(expected.Object.Real));
        Assert.That(found.Object.Imaginary, Is.EqualTo(expected.Object.Imaginary));
    }

    private static void Cancel(IReconstructionSolver solver, Small small, int after)
    {
        using var interrupted = new Interrupted(after);
        Assert.That(
            () => solver.Solve(small.Measurement, interrupted, interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private CheckpointOptions Options(int every) => new() { Path = Path, Every = every };

    private AnnealedSolver Annealing(AnnealedOptions options, int every = 1) =>
        new(new FlatPrior(0.5), options) { Checkpoint = Options(every) };

    private DpsSolver Guidance(DpsOptions options) => new(new FlatPrior(0.5), options) { Checkpoint = Options(1) };
}
