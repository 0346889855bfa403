using Ptycho.Samples.ReconstructFile.Commands;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>Which solvers run.</summary>
internal static class SolverChoice
{
    /// <summary>The solver asked for, or the one that fits what is known.</summary>
    /// <exception cref="ArgumentException">The options contradict each other; they are named.</exception>
    public static SolverKind Of(Settings settings)
    {
        var kind =
            settings.Solver != SolverKind.Auto ? settings.Solver
            : settings.Prior is not null ? SolverKind.Annealed
            : settings.RefineProbe || settings.CorrectPositions ? SolverKind.Rpie
            : SolverKind.Awf;
        if (NeedsPrior(kind) && settings.Prior is null)
            throw new ArgumentException($"--solver {kind} needs a prior: name its file with --prior.");
        if (!NeedsPrior(kind) && settings.Prior is not null)
            throw new ArgumentException($"--solver {kind} uses no prior: leave out --prior, or the solver.");
        if (kind == SolverKind.Awf && settings.CorrectPositions)
            throw new ArgumentException("AWF cannot correct positions: use --solver Rpie.");
        if (settings.Prior is { } prior && !File.Exists(prior))
            throw new FileNotFoundException($"The prior '{prior}' does not exist.");
        return kind;
    }

    public static bool NeedsPrior(SolverKind kind) => kind is SolverKind.Annealed or SolverKind.Dps;

    /// <summary>The classical run, which is the whole or the first part.</summary>
    public static ClassicalPlan Classical(Settings settings, SolverKind kind)
    {
        var first =
            !NeedsPrior(kind) ? kind
            : settings.RefineProbe || settings.CorrectPositions ? SolverKind.Rpie
            : SolverKind.Awf;
        return new ClassicalPlan(
            first,
            settings.Iterations,
            settings.RefineProbe,
            settings.CorrectPositions,
            settings.Seed
        );
    }
}
