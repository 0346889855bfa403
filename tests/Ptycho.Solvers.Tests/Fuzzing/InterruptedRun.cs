using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Checkpoints;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Solvers.Tests.Fuzzing;

/// <summary>A short run on a tiny measurement that was cancelled after two iterations and has left a checkpoint.</summary>
internal static class InterruptedRun
{
    /// <summary>The name of a stack of measurements.</summary>
    public const string Stack = "AWF of a stack";

    /// <summary>Leaves the checkpoint, and gives what goes on from it.</summary>
    public static Action Begin(string name, string path, Measurement measurement)
    {
        if (string.Equals(name, "posterior", StringComparison.Ordinal))
            return BeginPosterior(path, measurement);
        if (string.Equals(name, Stack, StringComparison.Ordinal))
            return BeginStack(path, measurement);
        var solver = Create(name, path);
        using var interrupted = new Interrupted(2);
        Assert.That(
            () => solver.Solve(measurement, interrupted, interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        return () => solver.Solve(measurement);
    }

    // Three measurements in one stack, of which the first has ended.
    private static Action BeginStack(string path, Measurement measurement)
    {
        Measurement[] measurements = [measurement, Tiny(12), Tiny(13)];
        AwfOptions Options(int iterations, double target) =>
            new()
            {
                Stop = new()
                {
                    Iterations = iterations,
                    ResidualTarget = target,
                    HeldOut = new() { Share = 0.2 },
                },
                Refinement = new() { StartIteration = 1 },
                Correction = new(),
            };
        double First(Measurement m) => new TensorAwfSolver(Options(1, 0)).Solve(m).ResidualHistory[0];
        measurements = [.. measurements.OrderBy(First)];
        var target = (First(measurements[0]) + First(measurements[1])) / 2;
        // The stack's own name is put before the extension.
        var given = path.Replace(".0x3", "", StringComparison.Ordinal);
        var solver = new TensorAwfSolver(Options(4, target))
        {
            Checkpoint = new CheckpointOptions { Path = given, Every = 100 },
        };
        using var source = new CancellationTokenSource();
        var second = new StepCount(source.Cancel);
        Assert.That(
            () => solver.SolveMany(measurements, second, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        return () => solver.SolveMany(measurements);
    }

    private sealed class StepCount(Action afterTwo) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            if (value.Step is { Iteration: 2 })
                afterTwo();
        }
    }

    // Cancelled in the second of two batches.
    private static Action BeginPosterior(string path, Measurement measurement)
    {
        var options = new PosteriorOptions
        {
            Chains = 2,
            LargestBatch = 1,
            Levels = 2,
            LangevinSteps = 2,
            WarmStartIterations = 3,
        };
        var sampler = new PosteriorSampler(new FlatPrior(0.5), options)
        {
            Checkpoint = new CheckpointOptions { Path = path },
        };
        using var source = new CancellationTokenSource();
        var levels = new LevelCount(() => source.Cancel());
        Assert.That(
            () => sampler.Run(measurement, progress: levels, cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        return () => sampler.Run(measurement);
    }

    private sealed class LevelCount(Action afterThree) : IProgress<PosteriorProgress>
    {
        private int _levels;

        public void Report(PosteriorProgress value)
        {
            if (++_levels == 3)
                afterThree();
        }
    }

    private static IReconstructionSolver Create(string name, string path)
    {
        var checkpoint = new CheckpointOptions { Path = path, Every = 100 };
        var stop = new StopRules
        {
            Iterations = 4,
            HeldOut = new HeldOutRule { Share = 0.2 },
        };
        var (refinement, correction) = (new ProbeRefinement { StartIteration = 1 }, new PositionCorrection());
        return name switch
        {
            "mPIE" => new RpieSolver(
                RpieOptions.Mpie with
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "AWF" => new AwfSolver(
                new()
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                    Threads = 1,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "ML" => new MaximumLikelihoodSolver(
                new()
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                    Threads = 1,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "mPIE in tensors" => new TensorRpieSolver(
                RpieOptions.Mpie with
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
                new()
                {
                    Stop = stop,
                    Refinement = refinement,
                    Correction = correction,
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "annealed" => new AnnealedSolver(
                new FlatPrior(0.5),
                new()
                {
                    Levels = 3,
                    DataIterations = 2,
                    WarmStartIterations = 3,
                    Refinement = JointRefinement.Everything with
                    {
                        StartIterations = 2,
                        ProbeSteps = 1,
                        // A pass more or less, as a damaged count makes it, would be most of the memory.
                        TrialSweeps = 0,
                        Passes = 1,
                    },
                }
            )
            {
                Checkpoint = checkpoint,
            },
            "DPS" => new DpsSolver(new FlatPrior(0.5), new() { Steps = 3, TravelLength = 1 })
            {
                Checkpoint = checkpoint,
            },
            _ => throw new ArgumentException($"There is no solver '{name}'.", nameof(name)),
        };
    }

    public static Measurement Tiny(ulong seed = 11)
    {
        var truth = new ComplexField(16, 16);
        for (var y = 0; y < 16; y++)
        for (var x = 0; x < 16; x++)
            truth[y, x] = System.Numerics.Complex.FromPolarCoordinates(0.8 + 0.01 * y, 0.1 * Math.Sin(x + 0.5 * y));
        var probe = new ComplexField(8, 8);
        for (var y = 0; y < 8; y++)
        for (var x = 0; x < 8; x++)
            probe[y, x] = Math.Exp(-0.1 * ((y - 3.5) * (y - 3.5) + (x - 3.5) * (x - 3.5)));
        return DiffractionSimulator.Simulate(
            truth,
            Probe.FromField(probe),
            RasterScan.Clamped(16, 16, 8, 8, 4),
            1e5,
            seed
        );
    }
}
