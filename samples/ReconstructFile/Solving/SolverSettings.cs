using Ptycho.Solvers.Selection;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>What the command line says of the solver.</summary>
internal sealed record SolverSettings
{
    /// <summary>Which one; the library's own choice by default.</summary>
    public SolverKind Kind { get; init; } = SolverKind.Automatic;

    /// <summary>Time for the annealed solver.</summary>
    public Quality Quality { get; init; } = Quality.Default;

    /// <summary>Iterations of a classical solver, or null: its own number.</summary>
    public int? Iterations { get; init; }

    /// <summary>Guided steps of DPS.</summary>
    public int Steps { get; init; } = 1000;

    public bool RefineProbe { get; init; }

    public bool CorrectPositions { get; init; }

    /// <summary>Whether the scale of the data is unknown to a solver with a prior.</summary>
    public bool UnknownFlux { get; init; }

    /// <summary>Incoherent modes that the probe is expanded to.</summary>
    public int Modes { get; init; } = 1;

    /// <summary>Iterations, levels or steps between checkpoints, or null: as suits the solver.</summary>
    public int? CheckpointEvery { get; init; }

    private bool NeedsPrior => Kind is SolverKind.Annealed or SolverKind.Dps;

    /// <summary>With probe and positions as they were found.</summary>
    public SolverSettings WithAllKnown() => this with { RefineProbe = false, CorrectPositions = false };

    /// <summary>Whether a solver goes by an option, a property of this name; others are not those of its run.</summary>
    public bool IsUsed(string option, SolverKind taken) =>
        option switch
        {
            nameof(Quality) or nameof(UnknownFlux) => taken == SolverKind.Annealed,
            nameof(Steps) => taken == SolverKind.Dps,
            // Before DPS maximum likelihood refines the probe.
            nameof(Iterations) => taken != SolverKind.Annealed
                && (taken != SolverKind.Dps || RefineProbe || CorrectPositions),
            _ => true,
        };

    /// <exception cref="ArgumentException">Options contradict each other; they are named.</exception>
    public void Check(string? prior)
    {
        if (NeedsPrior && prior is null)
            throw new ArgumentException($"--solver {Kind} needs a prior: name its file with --prior.");
        if (!NeedsPrior && Kind != SolverKind.Automatic && prior is not null)
            throw new ArgumentException($"--solver {Kind} uses no prior: leave out --prior, or the solver.");
        if (UnknownFlux && prior is null)
            throw new ArgumentException("--unknown-flux is for a solver with a prior: name its file with --prior.");
        if (UnknownFlux && Kind == SolverKind.Dps)
            throw new ArgumentException("--unknown-flux is for the annealed solver, not for DPS.");
        if (Modes > 1 && !RefineProbe)
            throw new ArgumentException("--modes adds modes that must be refined: give --refine-probe, too.");
    }
}
