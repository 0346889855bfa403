using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.PostProcessing;
using Ptycho.Solvers.ProbeSearching;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Tiling;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>One instance of a solver or sampler, for tests that hold for all of them.</summary>
internal sealed class SolverCase(Func<Measurement, ComplexField> solve, IDisposable? owned = null) : IDisposable
{
    private static readonly CompactUNetOptions Tiny = new()
    {
        ModelChannels = 8,
        ChannelMultipliers = [1, 2],
        ResidualBlocks = [1, 1],
        AttentionFactors = [2],
        HeadChannels = 8,
        Groups = 4,
    };

    /// <summary>Every solver by name, each made anew.</summary>
    private static readonly (string Name, Func<SolverCase> Make)[] All =
    [
        ("rPIE", () => Of(new RpieSolver(new RpieOptions { Stop = Short, Seed = 3 }))),
        (
            "rPIE, probe and positions",
            () =>
                Of(
                    new RpieSolver(
                        new RpieOptions
                        {
                            Stop = Short,
                            Refinement = new ProbeRefinement(),
                            Correction = new PositionCorrection { StartIteration = 3 },
                        }
                    )
                )
        ),
        ("mPIE", () => Of(new RpieSolver(RpieOptions.Mpie with { Stop = Short, Seed = 3 }))),
        (
            "maximum likelihood",
            () => Of(new MaximumLikelihoodSolver(new MaximumLikelihoodOptions { Stop = Short, Threads = 2 }))
        ),
        ("AWF, 1 thread", () => Of(new AwfSolver(new AwfOptions { Stop = Short, Threads = 1 }))),
        (
            "AWF, probe, 2 threads",
            () =>
                Of(
                    new AwfSolver(
                        new()
                        {
                            Stop = Short,
                            Threads = 2,
                            Refinement = new ProbeRefinement(),
                        }
                    )
                )
        ),
        ("rPIE, tensors", () => Of(new TensorRpieSolver(new RpieOptions { Stop = Short, Seed = 3 }))),
        ("mPIE, tensors", () => Of(new TensorRpieSolver(RpieOptions.Mpie with { Stop = Short, Seed = 3 }))),
        ("AWF, tensors", () => Of(new TensorAwfSolver(new AwfOptions { Stop = Short }))),
        ("AWF, tiled", () => Of(new TiledReconstruction(new AwfSolver(new AwfOptions { Stop = Short }), Tiles))),
        ("annealed", () => Of(new AnnealedSolver(new FlatPrior(0.5), SmallOptions.Annealed))),
        (
            "annealed, Poisson",
            () =>
                Of(
                    new AnnealedSolver(
                        new FlatPrior(0.5),
                        SmallOptions.Annealed with
                        {
                            Likelihood = LikelihoodChoice.Poisson,
                        }
                    )
                )
        ),
        (
            "annealed, all refined",
            () =>
                Of(
                    new AnnealedSolver(
                        new FlatPrior(0.5),
                        SmallOptions.Annealed with
                        {
                            // Every part of it, and less of each than usual.
                            Refinement = JointRefinement.Everything with
                            {
                                StartIterations = 30,
                                ProbeSteps = 10,
                                TrialSweeps = 1,
                                Passes = 2,
                            },
                        }
                    )
                )
        ),
        (
            "annealed, network",
            () => WithNetwork(prior => new AnnealedSolver(prior, SmallOptions.Annealed with { Levels = 3 }))
        ),
        ("DPS", () => Of(new DpsSolver(new FlatPrior(0.5), SmallOptions.Guided))),
        (
            "DPS, network",
            () => WithNetwork(prior => new DpsSolver(prior, SmallOptions.Guided with { Steps = 3, TravelLength = 0 }))
        ),
        ("posterior", () => Of(new PosteriorSampler(new FlatPrior(0.5), SmallOptions.Posterior))),
        ("U-Net", PostProcessor),
        ("probe search", () => new(m => ProbeSearch.Find(m, Search).Probe.Modes[0])),
    ];

    internal static ProbeSearchOptions Search { get; } =
        new()
        {
            Frames = 4,
            Sweeps = 2,
            LargestDiameter = 0.3,
        };

    private static TilingOptions Tiles => new() { TileSize = 48, Overlap = 16 };

    private static StopRules Short => new() { Iterations = 12 };

    internal static IEnumerable<string> Names => All.Select(entry => entry.Name);

    internal static SolverCase Create(string name) => All.Single(entry => entry.Name == name).Make();

    internal ComplexField Solve(Measurement measurement) => solve(measurement);

    public void Dispose() => owned?.Dispose();

    private static SolverCase Of(IReconstructionSolver solver) => new(m => solver.Solve(m).Object);

    private static SolverCase Of(PosteriorSampler sampler) => new(m => sampler.Run(m).Mean);

    private static SolverCase WithNetwork(Func<NetworkPrior, IReconstructionSolver> make)
    {
        var prior = new NetworkPrior(
            new CompactUNet(Tiny, 7),
            NoiseSchedule.Linear(),
            new MagnitudePhaseTransform(),
            Prediction.Velocity
        );
        var solver = make(prior);
        return new SolverCase(m => solver.Solve(m).Object, prior);
    }

    private static SolverCase PostProcessor()
    {
        var awf = new AwfOptions { Stop = Short };
        var solver = new UNetPostProcessor(new CompactUNet(Tiny, 7), new ChannelNumbers(), awf);
        return new SolverCase(m => solver.Solve(m).Object, solver);
    }
}
