using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>A solver with a prior.</summary>
internal static class PriorRun
{
    /// <summary>The solver that the settings ask for, and its options.</summary>
    public static (IReconstructionSolver Solver, object Options) Create(
        Settings settings,
        SolverKind kind,
        IPrior prior,
        string? checkpoint
    )
    {
        var file = checkpoint is null ? null : new CheckpointOptions { Path = checkpoint };
        if (kind == SolverKind.Dps)
        {
            var guidance = new DpsOptions
            {
                Steps = settings.Steps,
                TravelLength = 0,
                Seed = settings.Seed,
            };
            return (new DpsSolver(prior, guidance) { Checkpoint = file }, guidance);
        }
        var preset = settings.Quality switch
        {
            Quality.Fast => AnnealedOptions.Fast,
            Quality.Best => AnnealedOptions.Best,
            _ => AnnealedOptions.Default,
        };
        var options = preset with { Seed = settings.Seed };
        return (new AnnealedSolver(prior, options) { Checkpoint = file }, options);
    }

    /// <summary>Solves; after Ctrl-C says how to go on.</summary>
    public static ReconstructionResult Solve(
        IReconstructionSolver solver,
        Measurement measurement,
        string checkpoint,
        IProgress<ReconstructionProgress> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return solver.Solve(measurement, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (File.Exists(checkpoint))
        {
            throw new StoppedException(
                $"Stopped; what was done is in {checkpoint}. The same command goes on from there."
            );
        }
    }

    /// <summary>The measurement with its object enlarged to the sizes that the network takes.</summary>
    public static Measurement Fit(Measurement measurement, NetworkPrior prior, List<string> notes)
    {
        var multiple = prior.Network.SizeMultiple;
        var (height, width) = (Up(measurement.ObjectHeight, multiple), Up(measurement.ObjectWidth, multiple));
        if ((height, width) == (measurement.ObjectHeight, measurement.ObjectWidth))
            return measurement;
        notes.Add(
            $"The object was enlarged from {measurement.ObjectHeight}×{measurement.ObjectWidth} to {height}×{width} "
                + $"pixels, multiples of {multiple} as the network wants them."
        );
        return new Measurement(measurement.Data, measurement.Positions, measurement.Probe, height, width);
    }

    private static int Up(int length, int multiple) => (length + multiple - 1) / multiple * multiple;
}
