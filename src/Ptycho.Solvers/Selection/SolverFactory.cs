using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Solvers.Selection;

/// <summary>Makes the solver of a kind for one measurement.</summary>
internal sealed class SolverFactory(Measurement measurement, IPrior? prior, PtychographyOptions options)
{
    /// <summary>The crop that the repository's priors are trained at.</summary>
    private const int LargestCrop = 128;

    private bool Refined => options.Refinement is not null || options.Correction is not null;

    /// <param name="kind">Which one.</param>
    /// <param name="sparse">Whether neighbouring probes overlap little.</param>
    /// <param name="seen">What was seen in the measurement.</param>
    internal IReconstructionSolver Create(SolverKind kind, bool sparse, PreflightReport seen) =>
        kind switch
        {
            SolverKind.Awf or SolverKind.Rpie or SolverKind.MaximumLikelihood => new ClassicalFactory(
                options,
                sparse
            ).Create(kind, smooth: sparse && prior is null, seen),
            SolverKind.Annealed => Annealed(RequirePrior(kind)),
            SolverKind.Dps => Dps(RequirePrior(kind), sparse, seen),
            _ => throw new ArgumentException($"Solver is {kind}, which is none of {nameof(SolverKind)}.", nameof(kind)),
        };

    private AnnealedSolver Annealed(IPrior windowed)
    {
        var annealed = options.Annealed ?? AnnealedOptions.Default;
        return new AnnealedSolver(
            windowed,
            annealed with
            {
                Refinement = annealed.Refinement ?? Joint(),
            },
            options.Device,
            options.LoggerFactory?.CreateLogger<AnnealedSolver>()
        )
        {
            Checkpoint = options.Checkpoint,
        };
    }

    private JointRefinement? Joint()
    {
        if (!Refined)
            return null;
        var joint = new JointRefinement
        {
            Probe = options.Refinement is not null,
            Positions = options.Correction is not null,
        };
        return options.Correction is { } correction ? joint with { LargestShift = correction.LargestShift } : joint;
    }

    private IReconstructionSolver Dps(IPrior windowed, bool sparse, PreflightReport seen)
    {
        var dps = new DpsSolver(windowed, options.Dps, options.Device) { Checkpoint = options.Checkpoint };
        if (!Refined)
            return dps;
        var before = options with
        {
            Checkpoint = options.Checkpoint is { } file ? file with { Path = Beside(file.Path) } : null,
        };
        var refining = new ClassicalFactory(before, sparse).Create(SolverKind.MaximumLikelihood, smooth: false, seen);
        return new RefinedSolver(refining, dps);
    }

    private static string Beside(string path) =>
        Path.ChangeExtension(path, null) + ".refinement" + Path.GetExtension(path);

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
