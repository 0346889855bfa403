namespace Ptycho.Solvers.Selection;

/// <summary>The solvers behind <see cref="Ptychography"/>.</summary>
public enum SolverKind
{
    /// <summary>The one that suits the measurement.</summary>
    Automatic,

    /// <summary>Accelerated Wirtinger flow, <see cref="Classical.AwfSolver"/>.</summary>
    Awf,

    /// <summary>The regularised ptychographic iterative engine, <see cref="Classical.RpieSolver"/>.</summary>
    Rpie,

    /// <summary>Regularised maximum likelihood, <see cref="Classical.MaximumLikelihoodSolver"/>.</summary>
    MaximumLikelihood,

    /// <summary>The annealed posterior solver, <see cref="Annealing.AnnealedSolver"/>; needs a prior.</summary>
    Annealed,

    /// <summary>Diffusion posterior sampling with time travel, <see cref="Guidance.DpsSolver"/>; needs a prior.</summary>
    Dps,
}
