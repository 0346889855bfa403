using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Selection;

/// <summary>Makes the solver of a kind for one measurement.</summary>
internal sealed class SolverFactory(Measurement measurement, IPrior? prior, PtychographyOptions options)
{
    /// <summary>The smoothness of AWF that was measured to help most at low overlap: docs/results.md.</summary>
    internal const double Smoothness = 1e-3;

    /// <summary>The crop that the repository's priors are trained at.</summary>
    private const int LargestCrop = 128;

    private bool Refined => options.Refinement is not null || options.Correction is not null;

    /// <param name="kind">Which one.</param>
    /// <param name="smooth">Whether AWF needs a penalty, unless its options are given.</param>
    internal IReconstructionSolver Create(SolverKind kind, bool smooth) =>
        kind switch
        {
            SolverKind.Awf => Awf(smooth),
            SolverKind.Rpie => Rpie(),
            SolverKind.Annealed => AfterRefinement(Annealed(RequirePrior(kind))),
            SolverKind.Dps => AfterRefinement(new DpsSolver(RequirePrior(kind), options.Dps, options.Device)),
            _ => throw new ArgumentException($"Solver is {kind}, which is none of {nameof(SolverKind)}.", nameof(kind)),
        };

    private AwfSolver Awf(bool smooth)
    {
        var awf = options.Awf ?? new AwfOptions { Smoothness = smooth ? Smoothness : 0 };
        return new AwfSolver(
            awf with
            {
                Refinement = options.Refinement ?? awf.Refinement,
                Correction = options.Correction ?? awf.Correction,
            }
        );
    }

    private RpieSolver Rpie()
    {
        var rpie = options.Rpie ?? new RpieOptions();
        return new RpieSolver(
            rpie with
            {
                Refinement = options.Refinement ?? rpie.Refinement,
                Correction = options.Correction ?? rpie.Correction,
            }
        );
    }

    private AnnealedSolver Annealed(IPrior windowed) =>
        new(windowed, options.Annealed, options.Device, options.LoggerFactory?.CreateLogger<AnnealedSolver>());

    private IReconstructionSolver AfterRefinement(IReconstructionSolver solver) =>
        Refined ? new RefinedSolver(Rpie(), solver) : solver;

    private IPrior RequirePrior(SolverKind kind)
    {
        if (prior is null)
            throw new ArgumentException($"Solver is {kind}, which needs a prior, and none is given.", nameof(kind));
        if (prior is WindowedPrior)
            return prior;
        if (options.Windows is not null)
            return new WindowedPrior(prior, options.Windows);
        return prior is NetworkPrior network && !Fits(network) ? new WindowedPrior(prior) : prior;
    }

    private bool Fits(NetworkPrior network)
    {
        var multiple = network.Network.SizeMultiple;
        var (height, width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        return Math.Max(height, width) <= LargestCrop && height % multiple == 0 && width % multiple == 0;
    }
}
