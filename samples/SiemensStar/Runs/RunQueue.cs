using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Shared.Display;
using Ptycho.Samples.SiemensStar.Commands;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.SiemensStar.Runs;

/// <summary>
/// The reconstructions one after the other, each with a checkpoint of its own: one that is finished gives its result at
/// once, one that was stopped goes on to the same bits.
/// </summary>
internal sealed class RunQueue(StarSettings settings, CancellationToken cancellationToken)
{
    // Chosen on this measurement's residual: shorter steps than for a known probe.
    private const double Alpha = 0.5;
    private const double ObjectStep = 0.3;
    private const double ProbeStep = 0.1;

    // A star has sharp edges and the scan much overlap: the penalty only keeps noise down.
    private const double Smoothness = 1e-4;
    private const double Edge = 0.1;
    private const double ModeShare = 0.03;
    private const int Every = 10;
    private readonly List<string> _checkpoints = [];

    private PositionCorrection? Correction => settings.CorrectPositions ? new PositionCorrection() : null;

    /// <summary>rPIE with a refined probe.</summary>
    public IReconstructionSolver Rpie(CheckpointOptions checkpoint) =>
        new RpieSolver(
            new RpieOptions
            {
                Stop = new StopRules { Iterations = settings.Sweeps },
                Alpha = Alpha,
                Gamma = ObjectStep,
                Refinement = new ProbeRefinement { Gamma = ProbeStep },
                Correction = Correction,
                Seed = settings.Seed,
            }
        )
        {
            Checkpoint = checkpoint,
        };

    /// <summary>Maximum likelihood with a refined probe.</summary>
    public IReconstructionSolver Likelihood(CheckpointOptions checkpoint) =>
        new MaximumLikelihoodSolver(
            new MaximumLikelihoodOptions
            {
                Stop = new StopRules { Iterations = settings.Iterations },
                Smoothness = Smoothness,
                Edge = Edge,
                // So many frames see each pixel that the probe need not wait.
                Refinement = new ProbeRefinement { StartIteration = 1 },
                Correction = Correction,
            }
        )
        {
            Checkpoint = checkpoint,
        };

    /// <summary>Runs a solver, or goes on with it.</summary>
    public ReconstructionResult Solve(
        string name,
        Func<CheckpointOptions, IReconstructionSolver> create,
        Measurement measurement
    )
    {
        var file = name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');
        var path = Path.Combine(settings.Output, $"{file}.checkpoint.safetensors");
        _checkpoints.Add(path);
        var solver = create(new CheckpointOptions { Path = path, Every = Every });
        if (solver is MaximumLikelihoodSolver && measurement.Probe.ModeCount < settings.Modes)
            measurement = measurement.WithProbe(ProbeModes.Expand(measurement.Probe, settings.Modes, ModeShare));
        try
        {
            return SolveDisplay.Run(name, progress => solver.Solve(measurement, progress, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(
                $"Stopped in {name}; what is done is in {settings.Output}. The same command goes on from there."
            );
        }
    }

    public void DeleteCheckpoints() => _checkpoints.ForEach(File.Delete);
}
