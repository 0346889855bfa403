using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.ProbeSearching;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;
using Ptycho.Tests.Shared;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>Memory over many iterations or levels: a few in every run of the tests, 10,000 among the long ones.</summary>
public class SolverMemoryTests
{
    /// <summary>Does so many iterations, levels or steps.</summary>
    private static readonly (string Name, Action<Measurement, int> Run)[] Solvers =
    [
        ("rPIE", (m, n) => new RpieSolver(new RpieOptions { Stop = Iterations(n) }).Solve(m)),
        ("AWF", (m, n) => new AwfSolver(new AwfOptions { Stop = Iterations(n), Threads = 2 }).Solve(m)),
        (
            "AWF, probe",
            (m, n) => new AwfSolver(new() { Stop = Iterations(n), Refinement = new ProbeRefinement() }).Solve(m)
        ),
        (
            "maximum likelihood",
            (m, n) =>
                new MaximumLikelihoodSolver(new() { Stop = Iterations(n), Refinement = new ProbeRefinement() }).Solve(m)
        ),
        ("rPIE, tensors", (m, n) => new TensorRpieSolver(new RpieOptions { Stop = Iterations(n) }).Solve(m)),
        ("AWF, tensors", (m, n) => new TensorAwfSolver(new AwfOptions { Stop = Iterations(n) }).Solve(m)),
        (
            "annealed",
            (m, n) =>
                Repeat(
                    n,
                    levels =>
                        new AnnealedSolver(
                            new FlatPrior(0.5),
                            new AnnealedOptions
                            {
                                Levels = levels,
                                WarmStartIterations = 0,
                                DataIterations = 2,
                            }
                        ).Solve(m)
                )
        ),
        (
            "annealed, all refined",
            (m, n) =>
                // A level tries every frame at eight places, with 30 iterations for each.
                new AnnealedSolver(
                    new FlatPrior(0.5),
                    new AnnealedOptions
                    {
                        Levels = n / 10,
                        WarmStartIterations = 0,
                        DataIterations = 2,
                        Refinement = JointRefinement.Everything with
                        {
                            StartIterations = 0,
                            ProbeSteps = 2,
                            TrialSweeps = 1,
                            Passes = 2,
                        },
                    }
                ).Solve(m)
        ),
        (
            "probe search",
            (m, n) =>
            {
                // Nine trials or so of a sweep.
                for (var search = 0; search < n / 10; search++)
                    ProbeSearch.Find(m, SolverCase.Search with { Sweeps = 1 });
            }
        ),
        (
            "DPS",
            (m, n) =>
                Repeat(
                    n,
                    levels =>
                        new DpsSolver(new FlatPrior(0.5), new DpsOptions { Steps = levels, TravelLength = 0 }).Solve(m)
                )
        ),
        (
            "posterior",
            (m, n) =>
                Repeat(
                    n,
                    levels =>
                        new PosteriorSampler(
                            new FlatPrior(0.5),
                            new PosteriorOptions
                            {
                                Chains = 2,
                                Levels = levels,
                                WarmStartIterations = 0,
                                LangevinSteps = 1,
                            }
                        ).Run(m)
                )
        ),
    ];

    private static IEnumerable<string> Names => Solvers.Select(s => s.Name);

    [TestCaseSource(nameof(Names))]
    public void MemoryStaysFlat(string name) => Run(name, 40);

    [TestCaseSource(nameof(Names)), Category("Long")]
    public void TenThousandIterationsKeepMemoryFlat(string name) => Run(name, 10_000);

    private static void Run(string name, int iterations)
    {
        using var small = new Small();
        var run = Solvers.Single(s => s.Name == name).Run;
        run(small.Measurement, Math.Max(20, iterations / 5));
        var before = MemoryUse.Now();
        run(small.Measurement, iterations);
        MemoryUse.Now().AssertFlatSince(before, steady: iterations >= 10_000);
    }

    private static StopRules Iterations(int count) => new() { Iterations = count };

    private static void Repeat(int steps, Action<int> solve)
    {
        // The schedule has 1000 levels.
        for (var done = 0; done < steps; done += 1000)
            solve(Math.Min(1000, steps - done));
    }
}
