using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>What is not finite in one object of a stack ends that one alone, and its last good object is kept.</summary>
public class BatchRunTests
{
    [Test]
    public void ANumberThatIsNotFiniteEndsItsObjectAlone()
    {
        var measurements = Enumerable.Range(0, 3).Select(i => Simulated.Measure(i)).ToArray();
        var starts = measurements
            .Select(m => StackStart.Of(m, FrameSplit.Choose(m, 0, 0), StartObject.Unit, null))
            .ToArray();
        var ledger = new BatchLedger(3, null);
        var stack = new MeasurementStack(measurements, new TensorOptions(), 1 << 20);
        using (var scope = NewDisposeScope())
        using (var flow = new Growing(stack, starts, poisonedAt: 3))
            new BatchRun(
                "Growing",
                new StopRules { Iterations = 5 },
                flow,
                [.. measurements.Select((m, i) => new StackMember(i, m, starts[i]))],
                ledger
            ).Run(default);
        var failure = ledger.Outcomes[1].Failure!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((failure.Iteration, failure.Term), Is.EqualTo((3, "object")));
            Assert.That(failure.LastObject!.Real, Has.All.EqualTo(3), "that of the second iteration");
            Assert.That(ledger.Outcomes[0].Result!.Object.Real, Has.All.EqualTo(6));
            Assert.That(ledger.Outcomes[2].Result!.ResidualHistory, Has.Count.EqualTo(5));
        }
    }

    [Test]
    public void AFailureIsKeptInCheckpoints()
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-failure-");
        var file = new CheckpointOptions { Path = Path.Combine(folder.FullName, "run.safetensors"), Every = 4 };
        using var first = new CancellationTokenSource();
        var cancel = new Told(step =>
        {
            if (step == 4)
                first.Cancel();
        });
        Assert.That(() => Grow(file, cancel, first.Token), Throws.InstanceOf<OperationCanceledException>());
        var steps = new List<int>();
        var ledger = Grow(file, new Told(steps.Add), default);
        Assert.That(steps, Is.EqualTo([5, 5]));
        var failure = ledger.Outcomes[1].Failure!;
        Assert.That((failure.Iteration, failure.Term), Is.EqualTo((3, "object")));
        Assert.That(failure.LastObject!.Real, Has.All.EqualTo(3), "that of the second iteration");
        Assert.That(ledger.Outcomes[0].Result!.Object.Real, Has.All.EqualTo(6));
        folder.Delete(recursive: true);
    }

    [Test]
    public void ACallbackThatThrowsDoesNotCostTheFileThatWasDue()
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-thrown-");
        var file = new CheckpointOptions { Path = Path.Combine(folder.FullName, "run.safetensors"), Every = 3 };
        var broken = new Told(step =>
        {
            if (step == 3)
                throw new NotSupportedException("a picture window was closed");
        });
        Assert.That(() => Grow(file, broken, default), Throws.TypeOf<NotSupportedException>());
        var steps = new List<int>();
        Grow(file, new Told(steps.Add), default);
        Assert.That(steps[0], Is.EqualTo(4));
        folder.Delete(recursive: true);
    }

    private static BatchLedger Grow(
        CheckpointOptions options,
        IProgress<BatchProgress> progress,
        CancellationToken token
    )
    {
        var measurements = Enumerable.Range(0, 3).Select(i => Simulated.Measure(i)).ToArray();
        var starts = measurements
            .Select(m => StackStart.Of(m, FrameSplit.Choose(m, 0, 0), StartObject.Unit, null))
            .ToArray();
        var ledger = new BatchLedger(3, progress);
        using var scope = NewDisposeScope();
        using var flow = new Growing(new MeasurementStack(measurements, new TensorOptions(), 1 << 20), starts, 3);
        new BatchRun(
            "Growing",
            new StopRules { Iterations = 5 },
            flow,
            [.. measurements.Select((m, i) => new StackMember(i, m, starts[i]))],
            ledger,
            new SamplerFile(options, new RunIdentity("Growing", new TensorOptions(), "none"))
        ).Run(token);
        return ledger;
    }

    private sealed class Told(Action<int> step) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            if (value.Step is { } done)
                step(done.Iteration);
        }
    }

    [Test]
    public void AProbeThatIsNotFiniteIsNamed()
    {
        var measurement = Simulated.Measure(1);
        var start = StackStart.Of(measurement, FrameSplit.Choose(measurement, 0, 0), StartObject.Unit, null);
        var member = new StackMember(0, measurement, start);
        Assert.That(member.Append(1, (1, double.NaN), out var isGood)!.Term, Is.EqualTo("probe"));
        Assert.That(isGood, Is.False);
    }

    [Test]
    public void DivergenceIsFoundAndTheBestObjectKept()
    {
        var solver = new TensorAwfSolver(new AwfOptions { StepFactor = 20 });
        var failure = solver.SolveMany([Simulated.Measure(1)])[0].Failure!;
        Assert.That(failure.Message, Does.Contain("it diverges").Or.Contain("NaN"));
        Assert.That(failure.LastObject, Is.Not.Null);
        Assert.That(Array.TrueForAll(failure.LastObject!.Real, float.IsFinite));
    }

    /// <summary>Objects that grow by 1 in each iteration, with residuals that fall; the second one becomes NaN.</summary>
    private sealed class Growing : TensorFlow
    {
        private readonly int _poisonedAt;
        private Tensor _objects;

        public Growing(MeasurementStack stack, StackStart[] starts, int poisonedAt)
            : base(stack, starts, new TensorOptions())
        {
            var first = stack.Measurements[0];
            _poisonedAt = poisonedAt;
            _objects = ones([stack.Count, first.ObjectHeight, first.ObjectWidth], complex64).DetachFromDisposeScope();
        }

        public override Tensor Objects() => _objects.alias();

        public override void Dispose()
        {
            _objects.Dispose();
            base.Dispose();
        }

        protected override Tensor Step()
        {
            _objects.add_(1);
            if (Done + 1 == _poisonedAt)
                _objects[1].fill_(float.NaN);
            return full([Stack.Count], 1.0 / (Done + 1), float64);
        }

        protected override void VisitState(IFlowParts parts) => parts.Field("object", _objects);

        protected override void Select(int[] objects, Func<Tensor, Tensor> choose) => Replace(ref _objects, choose);
    }
}
