using Ptycho.Diffusion.Priors;
using Ptycho.Samples.Demo.Commands;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Demo.Methods;

/// <summary>The solvers compared, with the numbers of iterations that go with every figure.</summary>
internal static class DemoMethods
{
    private const int RpieIterations = 1000;
    private const int AwfIterations = 300;

    /// <summary>rPIE, AWF, Annealed and DPS, in this order; the prior stays the caller's.</summary>
    public static IReadOnlyList<IReconstructionSolver> Create(IPrior prior, DemoSettings settings)
    {
        var guidance = settings.DpsFull
            ? DpsOptions.Paper
            : new DpsOptions { Steps = settings.DpsSteps, TravelLength = 0 };
        return
        [
            new RpieSolver(
                new RpieOptions
                {
                    Stop = new StopRules { Iterations = RpieIterations },
                    Seed = settings.Seed,
                }
            ),
            new AwfSolver(new AwfOptions { Stop = new StopRules { Iterations = AwfIterations } }),
            new AnnealedSolver(prior, AnnealedOptions.Default with { Seed = settings.Seed }),
            new DpsSolver(prior, guidance with { Seed = settings.Seed }),
        ];
    }
}
