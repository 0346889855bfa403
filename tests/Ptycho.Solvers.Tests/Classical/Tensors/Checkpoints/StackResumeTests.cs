using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Tensors.Checkpoints;

/// <summary>Stacks that are cancelled and gone on with end with the same bits, also of objects that ended before.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
public class StackResumeTests(string name)
{
    private static readonly StopRules s_stop = new()
    {
        Iterations = 30,
        HeldOut = new HeldOutRule
        {
            Share = 0.2,
            Patience = 2,
            Seed = 3,
        },
    };

    private StopRules _stop = s_stop;
    private string _folder = null!;

    private bool IsAwf => string.Equals(name, "AWF", StringComparison.Ordinal);

    private string Path => System.IO.Path.Combine(_folder, "run.safetensors");

    [SetUp]
    public void MakeFolder()
    {
        _stop = s_stop;
        _folder = _folder = Directory.CreateTempSubdirectory("ptycho-stacks-").FullName;
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void ACancelledStackEndsWithTheSameBits([Values("whole", "all")] string variant, [Values] bool joint)
    {
        var measurements = Enumerable.Range(0, 5).Select(i => Simulated.Measure(i, variant, i)).ToArray();
        _stop = Same.EndingApart(s_stop, measurements, stop => Managed(stop));
        var whole = Tensors(joint).SolveMany(measurements);
        var ends = whole.Select(outcome => outcome.Result!.Iterations).ToArray();
        Assert.That(ends.Distinct().Count(), Is.GreaterThan(1), "they end apart");
        foreach (var after in new[] { 1, ends.Min(), ends.Min() + 1, ends.Max() - 1, ends.Max() }.Distinct())
        {
            using var interrupted = new Interruption(after);
            Assert.That(
                () => Tensors(joint, Path).SolveMany(measurements, interrupted, interrupted.Token),
                Throws.InstanceOf<OperationCanceledException>()
            );
            var again = new Interruption(-1);
            AssertSame(Tensors(joint, Path).SolveMany(measurements, again), whole);
            Assert.That(again.First, Is.EqualTo(after == ends.Max() ? 0 : after + 1), "nothing is done twice");
            AssertSame(Tensors(joint, Path).SolveMany(measurements, again), whole);
            File.Delete(System.IO.Path.Combine(_folder, "run.0x5.safetensors"));
        }
    }

    [Test]
    public void EachStackHasItsFile()
    {
        var measurements = Enumerable.Range(0, 3).Select(i => Simulated.Measure(i)).ToArray();
        var solver = Tensors(false, Path, new BatchOptions { ObjectsAtOnce = 2 });
        var found = solver.SolveMany(measurements);
        Assert.That(
            Directory.GetFiles(_folder).Select(System.IO.Path.GetFileName),
            Is.EquivalentTo(["run.0x2.safetensors", "run.2x1.safetensors"])
        );
        AssertSame(solver.SolveMany(measurements), found);
    }

    [Test]
    public void AnotherStackIsRefusedByName()
    {
        var measurements = Enumerable.Range(0, 3).Select(i => Simulated.Measure(i)).ToArray();
        Tensors(false, Path).SolveMany(measurements);
        measurements[2] = Simulated.Measure(7);
        Refused(() => Tensors(false, Path).SolveMany(measurements), "measurement 2");
    }

    [Test]
    public void WhatChangesTheBitsIsRefusedByName()
    {
        var measurement = Simulated.Measure(1);
        Tensors(false, Path).Solve(measurement);
        var bytes = File.ReadAllBytes(Path);
        Refused(() => Managed().Solve(measurement), $"another sampler ({name} in tensors, not {name})");
        Refused(
            () => Tensors(false, Path, new BatchOptions { MemoryLimit = 1 << 20 }).Solve(measurement),
            "memory of frames"
        );
        if (!IsAwf)
            Refused(() => Tensors(false, Path, group: true).Solve(measurement), "order of frames");
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(bytes), "a refused file is left alone");
        File.Delete(Path);
        Managed().Solve(measurement);
        Refused(() => Tensors(false, Path).Solve(measurement), $"another sampler ({name}, not {name} in tensors)");
    }

    private static void Refused(Action action, string text) =>
        Assert.That(action, Throws.InstanceOf<InvalidDataException>().With.Message.Contains(text));

    private static void AssertSame(IReadOnlyList<BatchOutcome> found, IReadOnlyList<BatchOutcome> expected)
    {
        foreach (var (a, b) in found.Select(o => o.Result!).Zip(expected.Select(o => o.Result!)))
        {
            Same.Results(a, b, 0);
            Assert.That(a.Positions?.ToArray(), Is.EqualTo(b.Positions?.ToArray()));
            foreach (var (mode, other) in a.Probe.Modes.Zip(b.Probe.Modes))
                Same.Fields(mode, other, 0);
        }
    }

    private TensorSolver Tensors(bool joint, string? path = null, BatchOptions? batch = null, bool group = false)
    {
        var checkpoint = path is null ? null : new CheckpointOptions { Path = path };
        var refinement = joint ? new ProbeRefinement { StartIteration = 2 } : null;
        var correction = joint ? new PositionCorrection { StartIteration = 3 } : null;
        var stop = _stop;
        if (IsAwf)
            return new TensorAwfSolver(
                new AwfOptions
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                },
                batch: batch
            )
            {
                Checkpoint = checkpoint,
            };
        return new TensorRpieSolver(
            new RpieOptions
            {
                Stop = stop,
                Refinement = refinement,
                Correction = correction,
            },
            new TensorOptions { GroupFrames = group },
            batch
        )
        {
            Checkpoint = checkpoint,
        };
    }

    private IReconstructionSolver Managed(StopRules? rules = null)
    {
        var checkpoint = rules is null ? new CheckpointOptions { Path = Path } : null;
        return IsAwf
            ? new AwfSolver(new AwfOptions { Stop = rules ?? _stop }) { Checkpoint = checkpoint }
            : new RpieSolver(new RpieOptions { Stop = rules ?? _stop }) { Checkpoint = checkpoint };
    }

    /// <summary>Cancels after an iteration.</summary>
    private sealed class Interruption(int after) : IProgress<BatchProgress>, IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public int First { get; private set; }

        public CancellationToken Token => _source.Token;

        public void Report(BatchProgress value)
        {
            if (value.Step is not { } step)
                return;
            if (First == 0)
                First = step.Iteration;
            if (step.Iteration == after)
                _source.Cancel();
        }

        public void Dispose() => _source.Dispose();
    }
}
