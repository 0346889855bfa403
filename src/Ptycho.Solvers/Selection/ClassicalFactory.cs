using Ptycho.Physics.Files;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Selection;

/// <summary>Makes the classical solvers, with what the front door's options say of probe and positions.</summary>
/// <param name="options">The options.</param>
/// <param name="sparse">Whether neighbouring probes overlap little.</param>
internal sealed class ClassicalFactory(PtychographyOptions options, bool sparse)
{
    /// <summary>
    /// Iterations before maximum likelihood refines the probe of a sparse scan: the fewer frames see a pixel, the longer the object
    /// must settle first. Chosen on validation crops: docs/choosing.md.
    /// </summary>
    internal const int SparseStart = 20;

    /// <summary>The smoothness of AWF that was measured to help most at low overlap: docs/results.md.</summary>
    internal const double Smoothness = 1e-3;

    /// <param name="kind">Which one.</param>
    /// <param name="smooth">Whether AWF needs a penalty, unless its options are given.</param>
    /// <param name="seen">What the counts want of maximum likelihood, unless its options are given.</param>
    internal IReconstructionSolver Create(SolverKind kind, bool smooth, PreflightReport seen) =>
        kind switch
        {
            SolverKind.Awf => Awf(smooth),
            SolverKind.Rpie => Rpie(),
            _ => MaximumLikelihood(seen),
        };

    private AwfSolver Awf(bool smooth)
    {
        var awf = options.Awf ?? new AwfOptions { Smoothness = smooth ? Smoothness : 0 };
        return new AwfSolver(
            awf with
            {
                Stop = options.Stop ?? awf.Stop,
                Refinement = options.Refinement ?? awf.Refinement,
                Correction = options.Correction ?? awf.Correction,
            }
        )
        {
            Checkpoint = options.Checkpoint,
        };
    }

    private RpieSolver Rpie()
    {
        var rpie = options.Rpie ?? new RpieOptions();
        return new RpieSolver(
            rpie with
            {
                Stop = options.Stop ?? rpie.Stop,
                Refinement = options.Refinement ?? rpie.Refinement,
                Correction = options.Correction ?? rpie.Correction,
            }
        )
        {
            Checkpoint = options.Checkpoint,
        };
    }

    private MaximumLikelihoodSolver MaximumLikelihood(PreflightReport seen)
    {
        var likelihood = options.MaximumLikelihood ?? CountingNoise.Options(seen);
        var refinement = options.Refinement ?? likelihood.Refinement;
        if (sparse && refinement is { StartIteration: null })
            refinement = refinement with { StartIteration = SparseStart };
        return new MaximumLikelihoodSolver(
            likelihood with
            {
                Stop = options.Stop ?? likelihood.Stop,
                Refinement = refinement,
                Correction = options.Correction ?? likelihood.Correction,
            }
        )
        {
            Checkpoint = options.Checkpoint,
        };
    }
}
