using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>The solvers over tensors give the numbers of the managed ones, alone and many at once.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
public class TensorSolverTests(string name)
{
    private const double Tolerance = 1e-5;

    // A part holds some frames of one object, so that frames and objects are both cut.
    private const long SmallLimit = 60_000;

    private bool IsAwf => string.Equals(name, "AWF", StringComparison.Ordinal);

    [Test]
    public void TheReferenceIsReached([Values("clamp", "pad")] string scan, [Values(100_000, 64_000_000)] long limit)
    {
        var stop = new StopRules { Iterations = IsAwf ? 20 : 5 };
        var solver = Tensors(stop, limit, StartObject.Unit, alpha: 0.1, FrameOrder.Sequential);
        var result = solver.Solve(Reference.Small.Noisy(scan));
        var expected = Reference.Small.Field($"{scan}_{(IsAwf ? "awf20" : "rpie5")}");
        AssertSame(result.Object, expected);
        Assert.That(result.Iterations, Is.EqualTo(stop.Iterations));
    }

    [Test]
    public void AMeasurementGivesWhatTheManagedSolverGives(
        [Values("whole", "fractions", "modes", "mask", "all")] string variant
    )
    {
        var stop = new StopRules { Iterations = 8 };
        var measurement = Simulated.Measure(1, variant);
        AssertSame(Tensors(stop).Solve(measurement), Managed(stop).Solve(measurement));
    }

    [Test]
    public void ManyGiveWhatEachGives(
        [Values("whole", "fractions", "mask", "all")] string variant,
        [Values] bool sameScan,
        [Values(SmallLimit, 64_000_000)] long limit
    )
    {
        var stop = new StopRules { Iterations = 4 };
        var measurements = Enumerable
            .Range(0, 3)
            .Select(i => Simulated.Measure(i, variant, sameScan ? 0 : i))
            .ToArray();
        var results = Tensors(stop, limit).SolveMany(measurements);
        Assert.That(results, Has.Count.EqualTo(3));
        for (var i = 0; i < 3; i++)
            AssertSame(results[i].Result!, Managed(stop).Solve(measurements[i]));
    }

    [TestCase(2, 1L << 30)]
    [TestCase(64, 300_000)]
    public void OtherShapesAndMoreThanMemoryHoldsAreSolvedInGroups(int objectsAtOnce, long memory)
    {
        Measurement[] measurements =
        [
            Simulated.Measure(1),
            Reference.Small.Noisy("clamp"),
            Simulated.Measure(2),
            Simulated.Measure(3),
        ];
        var stop = new StopRules { Iterations = 3 };
        var batch = new BatchOptions { ObjectsAtOnce = objectsAtOnce, MemoryLimit = memory };
        var seen = new List<BatchProgress>();
        var results = Tensors(stop, batch: batch).SolveMany(measurements, new Recorder<BatchProgress>(seen));
        for (var i = 0; i < measurements.Length; i++)
            AssertSame(results[i].Result!, Managed(stop).Solve(measurements[i]));
        // The first of the shape that comes first, and its second, before the third.
        Assert.That(seen.Where(p => p.Outcome is not null).Select(p => p.Index), Is.EqualTo(new[] { 0, 2, 3, 1 }));
        Assert.That(seen.FindIndex(p => p.Index == 3), Is.GreaterThan(seen.FindIndex(p => p.Outcome is not null)));
    }

    [Test]
    public void EachStopsByItsOwnRule()
    {
        var measurements = Enumerable.Range(0, 5).Select(i => Simulated.Measure(i)).ToArray();
        var stop = new StopRules { Iterations = 12 };
        var history = Managed(stop).Solve(measurements[0]).ResidualHistory;
        stop = stop with { ResidualTarget = (history[7] + history[8]) / 2 };
        var expected = measurements.Select(m => Managed(stop).Solve(m)).ToArray();
        Assert.That(expected.Select(r => r.Iterations).Distinct().Count(), Is.GreaterThan(1));
        var reports = new List<BatchProgress>();
        var results = Tensors(stop).SolveMany(measurements, new Recorder<BatchProgress>(reports));
        for (var i = 0; i < measurements.Length; i++)
        {
            AssertSame(results[i].Result!, expected[i]);
            Assert.That(results[i].Result!.StopReason, Is.EqualTo(expected[i].StopReason));
        }

        for (var i = 0; i < measurements.Length; i++)
        {
            var own = reports.Where(r => r.Index == i).ToArray();
            Assert.That(own, Has.Length.EqualTo(expected[i].Iterations + 1));
            Assert.That(own[^1].Outcome, Is.SameAs(results[i]));
            Assert.That(own[..^1].Select(r => r.Step!.Value.Residual), Is.EqualTo(results[i].Result!.ResidualHistory));
        }

        Assert.That(
            reports.Where(r => r.Outcome is not null).Select(r => r.Finished),
            Is.EqualTo(new[] { 1, 2, 3, 4, 5 })
        );
    }

    [Test]
    public void ProgressAndResultAgree()
    {
        var reports = new List<ReconstructionProgress>();
        var measurement = Simulated.Measure(2);
        var stop = new StopRules { Iterations = 6 };
        var result = Tensors(stop).Solve(measurement, new Recorder<ReconstructionProgress>(reports));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reports.Select(r => r.Iteration), Is.EqualTo(Enumerable.Range(1, 6)).AsCollection);
            Assert.That(reports.Select(r => r.Residual), Is.EqualTo(result.ResidualHistory).AsCollection);
            Assert.That(reports, Has.All.Property("Total").EqualTo(6));
            Assert.That(result.Solver, Is.EqualTo(name));
            Assert.That(result.Probe, Is.SameAs(measurement.Probe));
            Assert.That(result.OperatorEvaluations, Is.EqualTo(13));
        }
    }

    [Test]
    public void CancellationStops()
    {
        using var source = new CancellationTokenSource();
        var progress = new Recorder<ReconstructionProgress>([], source.Cancel);
        var solver = Tensors(new StopRules { Iterations = 1000 });
        Assert.That(
            () => solver.Solve(Simulated.Measure(1), progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void WorkLeavesNoTensorBehind()
    {
        var measurements = Enumerable.Range(0, 3).Select(i => Simulated.Measure(i, "all", i)).ToArray();
        var solver = Tensors(new StopRules { Iterations = 5, ResidualTarget = 0.04 }, SmallLimit);
        solver.SolveMany(measurements);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        solver.SolveMany(measurements);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
        using var source = new CancellationTokenSource();
        var progress = new Recorder<BatchProgress>([], source.Cancel);
        Assert.That(
            () => solver.SolveMany(measurements, progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void OverflowIsReportedWithItsIteration()
    {
        var start = ComplexField.Constant(24, 28, 3e30);
        IReconstructionSolver solver = IsAwf
            ? new TensorAwfSolver(new AwfOptions { InitialObject = start })
            : new TensorRpieSolver(new RpieOptions { InitialObject = start });
        Assert.That(
            () => solver.Solve(Simulated.Measure(1)),
            Throws.InstanceOf<NumericalFailureException>().With.Property("Iteration").EqualTo(1)
        );
    }

    [Test]
    public void BadInputIsNamed()
    {
        var solver = Tensors(new StopRules());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solver.SolveMany([]), Is.Empty);
            Assert.That(
                () => solver.SolveMany([Simulated.Measure(1), null!]),
                Throws.ArgumentException.With.Message.Contains("Measurement 1")
            );
            Assert.That(
                () =>
                    Tensors(new StopRules(), batch: new BatchOptions { MemoryLimit = 1000 })
                        .Solve(Simulated.Measure(1)),
                Throws.ArgumentException.With.Message.Contains("MemoryLimit")
            );
        }
    }

    private TensorSolver Tensors(
        StopRules stop,
        long limit = 64_000_000,
        StartObject start = StartObject.DataScale,
        double alpha = 0.25,
        FrameOrder order = FrameOrder.Random,
        BatchOptions? batch = null
    )
    {
        var tensors = new TensorOptions { FrameMemory = limit };
        return IsAwf
            ? new TensorAwfSolver(new AwfOptions { Stop = stop, Start = start }, tensors, batch)
            : new TensorRpieSolver(
                new RpieOptions
                {
                    Stop = stop,
                    Start = start,
                    Alpha = alpha,
                    Order = order,
                },
                tensors,
                batch
            );
    }

    private IReconstructionSolver Managed(StopRules stop) =>
        IsAwf ? new AwfSolver(new AwfOptions { Stop = stop }) : new RpieSolver(new RpieOptions { Stop = stop });

    private static void AssertSame(ReconstructionResult actual, ReconstructionResult expected)
    {
        AssertSame(actual.Object, expected.Object);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.ResidualHistory, Is.EqualTo(expected.ResidualHistory).Within(Tolerance));
            Assert.That(actual.FrameMisfit, Is.EqualTo(expected.FrameMisfit).Within(Tolerance));
            Assert.That(actual.Residual, Is.EqualTo(expected.Residual).Within(Tolerance));
            Assert.That(actual.FrameChiSquare, Is.EqualTo(expected.FrameChiSquare).Within(1e-2));
        }
    }

    private static void AssertSame(ComplexField actual, ComplexField expected)
    {
        Assert.That(actual.Real, Is.EqualTo(expected.Real).Within(Tolerance));
        Assert.That(actual.Imaginary, Is.EqualTo(expected.Imaginary).Within(Tolerance));
    }
}
