using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.LargeField.Methods;

/// <summary>The annealed solver for one tile after the other, each with a checkpoint of its own.</summary>
internal sealed class ResumableTiles(IPrior prior, AnnealedOptions options, FieldCheckpoints checkpoints)
    : IReconstructionSolver
{
    private int _tile;

    public string Name => "Annealed";

    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        new AnnealedSolver(prior, options)
        {
            Checkpoint = checkpoints.Of(FormattableString.Invariant($"tile-{++_tile}"), 1),
        }.Solve(measurement, progress, cancellationToken);
}
