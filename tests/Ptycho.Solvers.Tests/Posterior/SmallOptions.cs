using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Solvers.Tests.Posterior;

/// <summary>Options with which solvers with a prior take a fraction of a second on <see cref="Small"/>.</summary>
internal static class SmallOptions
{
    internal static AnnealedOptions Annealed { get; } =
        new()
        {
            Levels = 8,
            Chains = 2,
            DataIterations = 8,
            WarmStartIterations = 20,
            Seed = 5,
        };

    /// <summary>Two batches of chains, the second one smaller.</summary>
    internal static PosteriorOptions Posterior { get; } =
        new()
        {
            Chains = 3,
            LargestBatch = 2,
            Levels = 5,
            LangevinSteps = 5,
            WarmStartIterations = 20,
            Seed = 5,
        };

    internal static DpsOptions Guided { get; } =
        new()
        {
            Steps = 10,
            TravelLength = 2,
            Seed = 5,
        };
}
