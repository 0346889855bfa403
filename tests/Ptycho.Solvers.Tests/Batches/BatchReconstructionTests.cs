using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Tests.Trust;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Batches;

public sealed class BatchReconstructionTests
{
    private static readonly AnnealedOptions s_quick = SmallOptions.Annealed with { Levels = 5 };

    [TestCase(1, 1)]
    [TestCase(3, 2)]
    [TestCase(8, 3)]
    public void EachObjectComesOutAsIfSolvedAloneBitForBit(int objectsAtOnce, int workers)
    {
        var measurements = Objects(5);
        var options = new BatchOptions
        {
            ObjectsAtOnce = objectsAtOnce,
            Workers = workers,
            JoinObjects = workers == 3,
        };
        var batch = BatchReconstruction.Annealed(new FlatPrior(0.5), s_quick, options).SolveMany(measurements);
        Assert.That(batch.Select(outcome => outcome.Index), Is.EqualTo(Enumerable.Range(0, 5)));
        for (var i = 0; i < measurements.Length; i++)
        {
            var alone = new AnnealedSolver(new FlatPrior(0.5), s_quick).Solve(measurements[i]);
            var together = batch[i].Result!;
            Assert.That(together.Object.Real, Is.EqualTo(alone.Object.Real), $"object {i}");
            Assert.That(together.Object.Imaginary, Is.EqualTo(alone.Object.Imaginary), $"object {i}");
            Assert.That(together.ResidualHistory, Is.EqualTo(alone.ResidualHistory), $"object {i}");
            Assert.That(together.NetworkEvaluations, Is.EqualTo(alone.NetworkEvaluations));
            Assert.That(together.OperatorEvaluations, Is.EqualTo(alone.OperatorEvaluations));
        }
    }

    [TestCase(false, 0)]
    [TestCase(true, 1e-4)]
    public void WithTheRealPriorToo(bool joined, double tolerance)
    {
        using var prior = BloodSmear.Prior();
        var measurements = Enumerable
            .Range(0, 3)
            .Select(i => BloodSmear.Measure(BloodSmearPhantom.Create(64, 64, (ulong)i + 1), 20))
            .ToArray();
        var options = s_quick with { Levels = 4, DataIterations = 20 };
        var batch = BatchReconstruction
            .Annealed(prior, options, new BatchOptions { JoinObjects = joined })
            .SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
        {
            var alone = new AnnealedSolver(prior, options).Solve(measurements[i]);
            Assert.That(batch[i].Result!.Object.Real, Is.EqualTo(alone.Object.Real).Within(tolerance), $"object {i}");
            Assert.That(batch[i].Result!.Object.Imaginary, Is.EqualTo(alone.Object.Imaginary).Within(tolerance));
        }
    }

    [TestCase(1L << 30, 4, new long[] { 8 })]
    [TestCase(1L << 30, 3, new long[] { 6, 2 })]
    [TestCase(1L, 4, new long[] { 2, 2, 2, 2 })]
    public void ChainsOfAsManyObjectsAsFitAreDenoisedInOneCall(long memory, int objectsAtOnce, long[] groups)
    {
        var prior = new Watched();
        var options = new BatchOptions
        {
            MemoryLimit = memory,
            ObjectsAtOnce = objectsAtOnce,
            JoinObjects = true,
        };
        BatchReconstruction.Annealed(prior, s_quick, options).SolveMany(Objects(4));
        // Each group goes down all levels before the next one begins.
        var expected = groups.SelectMany(states => Enumerable.Repeat(states, s_quick.Levels));
        Assert.That(prior.Calls, Is.EqualTo(expected));
        Assert.That(prior.Threads.Distinct(), Is.EqualTo(new[] { Environment.CurrentManagedThreadId }));
    }

    [Test]
    public void WhereMemoryDoesNotLastTheCallIsHalvedWithAWarningAndTheBitsAreTheSame()
    {
        var measurements = Objects(3);
        var prior = new Watched { Capacity = 3 };
        var log = new Lines();
        var options = new BatchOptions { ObjectsAtOnce = 3, JoinObjects = true };
        var found = BatchReconstruction.Annealed(prior, s_quick, options, logger: log).SolveMany(measurements);
        var plain = BatchReconstruction.Annealed(new FlatPrior(0.5), s_quick).SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
            Assert.That(found[i].Result!.Object.Real, Is.EqualTo(plain[i].Result!.Object.Real));
        Assert.That(prior.Calls.Take(3), Is.EqualTo(new[] { 6, 3, 3 }), "six fail, then three and three");
        Assert.That(prior.Calls.Count(size => size > 3), Is.EqualTo(1), "the smaller number is kept");
        Assert.That(log.Written, Has.Count.EqualTo(1));
        Assert.That(log.Written[0], Does.Contain("6 states").And.Contain("with 3").And.Contain("CUDA out of memory"));
    }

    // Which thread sees the error first is chance: objects that are let go must not hide it behind their cancellation.
    [Test, Repeat(20)]
    public void MemoryThatDoesNotLastForOneStateIsAnError()
    {
        var batch = BatchReconstruction.Annealed(new Watched { Capacity = 0 }, s_quick);
        Assert.That(() => batch.SolveMany(Objects(2)), Throws.InstanceOf<ExternalException>());
    }

    [Test]
    public void ANumberThatIsNotFiniteEndsItsObjectAlone()
    {
        var measurements = Objects(3);
        var prior = new Watched { NanAtCall = 2 };
        var options = new BatchOptions { ObjectsAtOnce = 3, JoinObjects = true };
        var found = BatchReconstruction.Annealed(prior, s_quick, options).SolveMany(measurements);
        Assert.That(found[0].Succeeded, Is.False);
        Assert.That(found[0].Failure!.Iteration, Is.EqualTo(2));
        Assert.That(found[0].Failure!.LastObject, Is.Not.Null);
        var alone = new AnnealedSolver(new FlatPrior(0.5), s_quick).Solve(measurements[2]);
        Assert.That(found[2].Result!.Object.Real, Is.EqualTo(alone.Object.Real));
    }

    [TestCase(1, 64, 1L << 30, 1)]
    [TestCase(3, 64, 1L << 30, 3)]
    [TestCase(3, 2, 1L << 30, 2)]
    [TestCase(3, 64, 1L, 1)]
    public void AnySolverServesManyObjectsOnThreads(int workers, int objectsAtOnce, long memory, int most)
    {
        var measurements = Objects(6);
        var solver = new AtOnce();
        var options = new BatchOptions
        {
            Workers = workers,
            ObjectsAtOnce = objectsAtOnce,
            MemoryLimit = memory,
        };
        var seen = new List<BatchProgress>();
        var found = BatchReconstruction.Over(solver, options).SolveMany(measurements, new Immediate(seen.Add));
        Assert.That(solver.Most, Is.InRange(1, most));
        for (var i = 0; i < measurements.Length; i++)
            Assert.That(found[i].Result!.Object.Real, Is.EqualTo(solver.Solve(measurements[i]).Object.Real), $"{i}");
        Assert.That(seen.Count(p => p.Step is not null), Is.EqualTo(6 * AtOnce.Iterations));
        Assert.That(seen.Where(p => p.Outcome is not null).Select(p => p.Finished), Is.EqualTo(Enumerable.Range(1, 6)));
    }

    [Test]
    public void ProgressComesOnTheCallingThreadAndTellsTheEndOfEachObject()
    {
        var seen = new List<BatchProgress>();
        var threads = new HashSet<int>();
        BatchReconstruction
            .Annealed(new FlatPrior(0.5), s_quick, new BatchOptions { ObjectsAtOnce = 2 })
            .SolveMany(
                Objects(3),
                new Immediate(p =>
                {
                    seen.Add(p);
                    threads.Add(Environment.CurrentManagedThreadId);
                })
            );
        Assert.That(threads, Is.EqualTo(new[] { Environment.CurrentManagedThreadId }));
        Assert.That(seen.Count(p => p.Step is not null), Is.EqualTo(3 * s_quick.Levels));
        Assert.That(seen.Where(p => p.Outcome is not null).Select(p => p.Finished), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(seen, Has.All.Property(nameof(BatchProgress.Total)).EqualTo(3));
    }

    [Test]
    public void CancellationStopsAllObjects()
    {
        using var source = new CancellationTokenSource();
        var last = 0;
        var progress = new Immediate(p =>
        {
            last = Math.Max(last, p.Step?.Iteration ?? 0);
            if (p.Step is { Iteration: 2 })
                source.Cancel();
        });
        Assert.That(
            () =>
                BatchReconstruction.Annealed(new FlatPrior(0.5), s_quick).SolveMany(Objects(4), progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(last, Is.InRange(2, 3));
    }

    [Test]
    public void WhatAnObjectOrItsSolverRefusesReachesTheCaller()
    {
        Assert.That(
            () => BatchReconstruction.Annealed(new FlatPrior(0.5)).SolveMany([Objects(1)[0], null!]),
            Throws.ArgumentException.With.Message.Contains("Measurement 1")
        );
        var refusing = new BatchReconstruction(
            new FlatPrior(0.5),
            _ => throw new ArgumentException("no such solver", "solver")
        );
        Assert.That(
            () => refusing.SolveMany(Objects(2)),
            Throws.ArgumentException.With.Message.Contains("no such solver")
        );
        var other = new AwfSolver(new AwfOptions { InitialObject = ComplexField.Constant(3, 5, 1) });
        Assert.That(
            () => BatchReconstruction.Over(other, new BatchOptions { Workers = 1 }).SolveMany(Objects(2)),
            Throws.ArgumentException.With.Message.Contains("Measurement 0").And.Message.Contains("3×5")
        );
        Assert.That(new BatchReconstruction(new FlatPrior(0.5), _ => null!).SolveMany([]), Is.Empty);
    }

    [Test]
    public void NoTensorIsLeftBehindOnTheCallingThread()
    {
        var batch = BatchReconstruction.Annealed(new FlatPrior(0.5), s_quick);
        batch.SolveMany(Objects(2));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        batch.SolveMany(Objects(2));
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void OptionsOutsideTheirRangeAreNamed() =>
        Assert.That(
            () => new BatchOptions { MemoryLimit = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MemoryLimit")
        );

    private static Measurement[] Objects(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    using var small = new Small(step: i % 2 == 0 ? 16 : 20, peakCounts: 1e4 * (i + 1));
                    return small.Measurement;
                }),
        ];

    private sealed class Immediate(Action<BatchProgress> action) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => action(value);
    }

    /// <summary>rPIE that notes how many solves run at the same time.</summary>
    private sealed class AtOnce : IReconstructionSolver
    {
        public const int Iterations = 4;
        private readonly RpieSolver _inner = new(new RpieOptions { Stop = new StopRules { Iterations = Iterations } });
        private int _running;

        public string Name => _inner.Name;

        public int Most { get; private set; }

        public ReconstructionResult Solve(
            Measurement measurement,
            IProgress<ReconstructionProgress>? progress = null,
            CancellationToken cancellationToken = default
        )
        {
            var running = Interlocked.Increment(ref _running);
            lock (_inner)
                Most = Math.Max(Most, running);
            var result = _inner.Solve(measurement, progress, cancellationToken);
            Interlocked.Decrement(ref _running);
            return result;
        }
    }

    private sealed class Lines : ILogger<BatchReconstruction>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            Assert.That(logLevel, Is.EqualTo(LogLevel.Warning));
            Written.Add(formatter(state, exception));
        }
    }

    /// <summary>A flat prior that notes how it is asked, and may run out of memory or give a NaN for the first state.</summary>
    private sealed class Watched : IPrior
    {
        private readonly FlatPrior _inner = new(0.5);

        public int Capacity { get; init; } = int.MaxValue;

        public int NanAtCall { get; init; }

        public List<long> Calls { get; } = [];

        public List<int> Threads { get; } = [];

        public NoiseSchedule Schedule => _inner.Schedule;

        public IDataTransform Transform => _inner.Transform;

        public Tensor Denoise(Tensor x, int level)
        {
            Calls.Add(x.shape[0]);
            Threads.Add(Environment.CurrentManagedThreadId);
            if (x.shape[0] > Capacity)
                throw new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB\nException raised from …");
            var result = _inner.Denoise(x, level);
            if (Calls.Count == NanAtCall)
                result[0, 0, 5].fill_(float.NaN);
            return result;
        }
    }
}
