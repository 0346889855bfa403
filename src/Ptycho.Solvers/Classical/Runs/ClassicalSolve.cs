using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>A solve of a classical solver, from its options to its result: what all of them do alike.</summary>
/// <param name="Name">The solver.</param>
/// <param name="Stop">When it ends, and which frames it does not see.</param>
/// <param name="Start">What it starts from.</param>
/// <param name="Given">The object to start from, or null.</param>
/// <param name="Refinement">How the probe is refined, or null.</param>
/// <param name="Correction">How positions are corrected, or null.</param>
internal sealed record ClassicalSolve(
    string Name,
    StopRules Stop,
    StartObject Start,
    ComplexField? Given,
    ProbeRefinement? Refinement,
    PositionCorrection? Correction
)
{
    /// <summary>Where checkpoints go, or null.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// The options without the object to start from (which has a fingerprint of its own) and what changes no number; a
    /// run may be made longer.
    /// </summary>
    public required object Identity { get; init; }

    /// <summary>Makes the state.</summary>
    public required Func<ClassicalSetup, IClassicalState> Make { get; init; }

    public ReconstructionResult Run(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var run = new ClassicalRun(Stop, File(measurement), progress, cancellationToken);
        var setup = new ClassicalSetup(measurement, this);
        using var state = Make(setup);
        return run.Run(Name, state, setup.Split);
    }

    private SamplerFile? File(Measurement measurement)
    {
        if (Checkpoint is null)
            return null;
        var start = Given is null ? "none" : Fingerprint.Of(Given);
        var identity = new RunIdentity(Name, Identity, Fingerprint.Of(measurement), ("initial object", start));
        return new SamplerFile(Checkpoint, identity);
    }
}
