using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
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
    /// How the probe is refined, or null (the default): it is known, and stays as it is, bit for bit. A solver with a prior
    /// then starts from the probe that rPIE refined.
    /// </summary>
    public ProbeRefinement? Refinement { get; init; }

    /// <summary>How the positions are corrected, or null (the default): they are known.</summary>
    public PositionCorrection? Correction { get; init; }

    /// <summary>Options of AWF.</summary>
    public AwfOptions? Awf { get; init; }

    /// <summary>Options of rPIE.</summary>
    public RpieOptions? Rpie { get; init; }

    /// <summary>Options of the annealed solver.</summary>
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

    /// <summary>Receives the choice, what the look at the measurement found, and the solvers' warnings; optional.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
