using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Checkpoints;

namespace Ptycho.Solvers.Tests.Classical.Runs;

/// <summary>Classical runs that are cancelled and gone on with end with the same bits.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
[TestFixture("mPIE")]
[TestFixture("ML")]
[TestFixture("AWF in tensors")]
[TestFixture("rPIE in tensors")]
[TestFixture("mPIE in tensors")]
public class ClassicalResumeTests(string name)
{
    private string _folder = null!;

    private string Path => System.IO.Path.Combine(_folder, "run.safetensors");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-classical-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(1, 1, false)]
    [TestCase(6, 4, false)]
    [TestCase(11, 100, true)]
    [TestCase(14, 3, true)]
    public void ACancelledRunEndsWithTheSameBits(int after, int every, bool joint)
    {
        var measurement = Reference.Small.Noisy("clamp");
        var whole = Create(20, joint).Solve(measurement);
        Cancel(Create(20, joint, every), measurement, after);
        using var again = new Interrupted(-1);
        var resumed = Create(20, joint, every).Solve(measurement, again);
        Assert.That(again.First, Is.EqualTo(after + 1), "nothing is done twice");
        AssertSame(resumed, whole);
    }

    [Test]
    public void AnInterruptedRunGoesOnFromItsLastCheckpoint()
    {
        // As after a kill: what was done since the checkpoint is done again.
        var measurement = Reference.Small.Noisy("clamp");
        var whole = Create(15, true).Solve(measurement);
        var stopped = new ThrowingProgress(9);
        Assert.That(() => Create(15, true, 4).Solve(measurement, stopped), Throws.InvalidOperationException);
        using var again = new Interrupted(-1);
        var resumed = Create(15, true, 4).Solve(measurement, again);
        Assert.That(again.First, Is.EqualTo(9), "8 iterations were kept");
        AssertSame(resumed, whole);
    }

    [Test]
    public void AFinishedRunGivesItsResultAtOnceAndCanBeMadeLonger()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var first = Create(6, true, 100).Solve(measurement);
        using var again = new Interrupted(-1);
        AssertSame(Create(6, true, 100).Solve(measurement, again), first);
        Assert.That(again.First, Is.Zero, "no iteration is done");
        AssertSame(Create(12, true, 100).Solve(measurement, again), Create(12, true).Solve(measurement));
        Assert.That(again.First, Is.EqualTo(7));
    }

    [Test]
    public void HeldOutFramesGoOnToo()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var rule = new HeldOutRule { Share = 0.15, Patience = 5 };
        var whole = Create(25, true, rule: rule).Solve(measurement);
        Cancel(Create(25, true, 1, rule), measurement, 7);
        var resumed = Create(25, true, 1, rule).Solve(measurement);
        AssertSame(resumed, whole);
        Assert.That(resumed.HeldOutHistory, Is.EqualTo(whole.HeldOutHistory));
        Assert.That(resumed.BestIteration, Is.EqualTo(whole.BestIteration));
    }

    [Test]
    public void AnotherRunIsRefusedByName()
    {
        var measurement = Reference.Small.Noisy("clamp");
        Cancel(Create(20, false, 1), measurement, 2);
        var bytes = File.ReadAllBytes(Path);
        Refused(() => Create(20, true, 1).Solve(measurement), "Refinement");
        Refused(() => Create(20, false, 1).Solve(Reference.Small.Noisy("pad")), "measurement");
        Refused(() => Create(1, false, 1).Solve(measurement), "2 iterations");
        Refused(
            () => new AwfSolver(new AwfOptions { StepFactor = 0.7 }) { Checkpoint = Options(1) }.Solve(measurement),
            name == "AWF" ? "StepFactor" : "sampler"
        );
        var start = IO.ComplexField.Constant(128, 128, 0.9);
        if (name == "AWF")
            Refused(
                () =>
                    new AwfSolver(new AwfOptions { InitialObject = start }) { Checkpoint = Options(1) }.Solve(
                        measurement
                    ),
                "initial object"
            );
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(bytes), "a refused file is left alone");
    }

    private static void AssertSame(ReconstructionResult found, ReconstructionResult expected)
    {
        Assert.That(found.Object.Real, Is.EqualTo(expected.Object.Real));
        Assert.That(found.Object.Imaginary, Is.EqualTo(expected.Object.Imaginary));
        Assert.That(found.Probe.Modes[0].Real, Is.EqualTo(expected.Probe.Modes[0].Real));
        Assert.That(found.ResidualHistory, Is.EqualTo(expected.ResidualHistory));
        Assert.That(found.Residual, Is.EqualTo(expected.Residual));
        Assert.That(found.OperatorEvaluations, Is.EqualTo(expected.OperatorEvaluations));
        if (expected.Positions is not null)
            Assert.That(found.Positions!.ToArray(), Is.EqualTo(expected.Positions.ToArray()));
    }

    private static void Refused(Action action, string text) =>
        Assert.That(action, Throws.InstanceOf<InvalidDataException>().With.Message.Contains(text));

    private static void Cancel(IReconstructionSolver solver, Measurement measurement, int after)
    {
        using var interrupted = new Interrupted(after);
        Assert.That(
            () => solver.Solve(measurement, interrupted, interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private CheckpointOptions Options(int every) => new() { Path = Path, Every = every };

    private IReconstructionSolver Create(int iterations, bool joint, int every = 0, HeldOutRule? rule = null)
    {
        var stop = new StopRules { Iterations = iterations, HeldOut = rule };
        var checkpoint = every == 0 ? null : Options(every);
        var refinement = joint ? new ProbeRefinement { StartIteration = 2 } : null;
        var correction = joint ? new PositionCorrection { StartIteration = 3 } : null;
        return name switch
        {
            "AWF" => new AwfSolver(
                new AwfOptions
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "ML" => new MaximumLikelihoodSolver(
                new MaximumLikelihoodOptions
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "AWF in tensors" => new TensorAwfSolver(
                new AwfOptions
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "rPIE in tensors" or "mPIE in tensors" => new TensorRpieSolver(
                (name == "mPIE in tensors" ? RpieOptions.Mpie : new RpieOptions()) with
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            _ => new RpieSolver(
                (name == "mPIE" ? RpieOptions.Mpie : new RpieOptions()) with
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
        };
    }

    private sealed class ThrowingProgress(int after) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value)
        {
            if (value.Iteration == after)
                throw new InvalidOperationException("stop");
        }
    }
}
