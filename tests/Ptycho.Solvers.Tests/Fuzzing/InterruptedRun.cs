using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
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
    /// <summary>Leaves the checkpoint, and gives what goes on from it.</summary>
    public static Action Begin(string name, string path, Measurement measurement)
    {
        if (string.Equals(name, "posterior", StringComparison.Ordinal))
            return BeginPosterior(path, measurement);
        var solver = Create(name, path);
        using var interrupted = new Interrupted(2);
        Assert.That(
            () => solver.Solve(measurement, interrupted, interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        return () => solver.Solve(measurement);
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
            "annealed" => new AnnealedSolver(
                new FlatPrior(0.5),
                new()
                {
                    Levels = 3,
                    DataIterations = 2,
                    WarmStartIterations = 3,
                    Refinement = JointRefinement.Everything with { StartIterations = 2, ProbeSteps = 1 },
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

    public static Measurement Tiny()
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
            11
        );
    }
}
