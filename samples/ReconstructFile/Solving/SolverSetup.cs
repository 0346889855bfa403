using Ptycho.Solvers;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Selection;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>The command line as options of the library's front door.</summary>
internal static class SolverSetup
{
    /// <summary>An iteration is much shorter than a file is written; a level of the annealed solver is not.</summary>
    private const int ClassicalEvery = 25;

    /// <summary>Real data with an unknown probe want shorter steps of rPIE than simulations (a Siemens star at 9 px steps).</summary>
    private const double CautiousAlpha = 0.5;
    private const double CautiousStep = 0.3;
    private const double CautiousProbeStep = 0.1;

    /// <param name="settings">What was asked for.</param>
    /// <param name="seed">Seed of all random numbers.</param>
    /// <param name="prior">Whether there is a prior.</param>
    /// <param name="checkpoint">The file of checkpoints, or null for none.</param>
    public static PtychographyOptions Options(SolverSettings settings, ulong seed, bool prior, string? checkpoint)
    {
        var every = settings.CheckpointEvery ?? (prior ? 1 : ClassicalEvery);
        return new PtychographyOptions
        {
            Solver = settings.Kind,
            Refinement = Refinement(settings),
            Correction = settings.CorrectPositions ? new PositionCorrection() : null,
            Stop = settings.Iterations is { } count ? new StopRules { Iterations = count } : null,
            Rpie = Rpie(settings, seed),
            Annealed = Annealed(settings, seed),
            Dps = new DpsOptions
            {
                Steps = settings.Steps,
                TravelLength = 0,
                Seed = seed,
            },
            Checkpoint = checkpoint is null ? null : new CheckpointOptions { Path = checkpoint, Every = every },
        };
    }

    private static ProbeRefinement? Refinement(SolverSettings settings) =>
        !settings.RefineProbe ? null
        : settings.Kind == SolverKind.Rpie ? new ProbeRefinement { Gamma = CautiousProbeStep }
        : new ProbeRefinement();

    private static RpieOptions Rpie(SolverSettings settings, ulong seed)
    {
        var options = new RpieOptions { Seed = seed };
        return settings.RefineProbe || settings.CorrectPositions
            ? options with
            {
                Alpha = CautiousAlpha,
                Gamma = CautiousStep,
            }
            : options;
    }

    private static AnnealedOptions Annealed(SolverSettings settings, ulong seed)
    {
        var preset = settings.Quality switch
        {
            Quality.Fast => AnnealedOptions.Fast,
            Quality.Best => AnnealedOptions.Best,
            _ => AnnealedOptions.Default,
        };
        var flux = new JointRefinement
        {
            Flux = true,
            Probe = settings.RefineProbe,
            Positions = settings.CorrectPositions,
        };
        return preset with { Seed = seed, Refinement = settings.UnknownFlux ? flux : null };
    }
}
