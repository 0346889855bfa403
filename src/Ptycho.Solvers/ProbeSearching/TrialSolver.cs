using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.ProbeSearching;

/// <summary>The solver of short trials: rPIE with a refined probe.</summary>
internal static class TrialSolver
{
    // The steps of the Siemens star's sample: an unknown probe wants them shorter than simulations do.
    internal static RpieSolver Create(int sweeps, ulong seed) =>
        new(
            new RpieOptions
            {
                Stop = new StopRules { Iterations = sweeps },
                Alpha = 0.5,
                Gamma = 0.3,
                Refinement = new ProbeRefinement { Gamma = 0.1 },
                Seed = seed,
            }
        );
}
