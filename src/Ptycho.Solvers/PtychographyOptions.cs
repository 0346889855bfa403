using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Selection;
using static TorchSharp.torch;

namespace Ptycho.Solvers;

/// <summary>
/// Options of <see cref="Ptychography"/>. The options of a solver, where given, replace what would be chosen for it, and
/// count only if that solver is taken.
/// </summary>
public sealed record PtychographyOptions
{
    /// <summary>The solver; chosen by the measurement unless one is named.</summary>
    public SolverKind Solver { get; init; } = SolverKind.Automatic;

    /// <summary>
    /// How the probe is refined, or null (the default): it is known, and stays as it is, bit for bit. The annealed solver
    /// refines it while the prior helps (<see cref="JointRefinement"/>, which has steps of its own); DPS starts from the probe
    /// that maximum likelihood refined.
    /// </summary>
    public ProbeRefinement? Refinement { get; init; }

    /// <summary>
    /// How the positions are corrected, or null (the default): they are known. The annealed solver takes from it how far a
    /// position may move.
    /// </summary>
    public PositionCorrection? Correction { get; init; }

    /// <summary>When a classical solver ends, instead of what its own options say; null (the default): as they say.</summary>
    public StopRules? Stop { get; init; }

    /// <summary>Options of AWF.</summary>
    public AwfOptions? Awf { get; init; }

    /// <summary>Options of rPIE.</summary>
    public RpieOptions? Rpie { get; init; }

    /// <summary>Options of maximum likelihood.</summary>
    public MaximumLikelihoodOptions? MaximumLikelihood { get; init; }

    /// <summary>Options of the annealed solver. A <see cref="AnnealedOptions.Refinement"/> in them is taken as it is.</summary>
    public AnnealedOptions? Annealed { get; init; }

    /// <summary>Options of DPS.</summary>
    public DpsOptions? Dps { get; init; }

    /// <summary>
    /// How a prior is applied to an object by overlapping windows. By default a network's prior is wherever the object is larger
    /// than 128 pixels or has a size that the network does not take, and any other prior never is.
    /// </summary>
    public WindowedPriorOptions? Windows { get; init; }

    /// <summary>Where solvers with a prior work; the CPU by default.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Where the solver writes down where it stands, and goes on from; null (the default) for none. What refines probe and
    /// positions before DPS has a file beside it, <c>….refinement</c> before the extension.
    /// </summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Receives the choice, what the look at the measurement found, and the solvers' warnings; optional.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
