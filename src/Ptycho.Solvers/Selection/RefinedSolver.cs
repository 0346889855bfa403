using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Selection;

/// <summary>A solver that starts from the probe and positions that another one refined.</summary>
internal sealed class RefinedSolver(IReconstructionSolver refining, IReconstructionSolver solver)
    : IReconstructionSolver
{
    public string Name => $"{refining.Name} + {solver.Name}";

    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var first = refining.Solve(measurement, progress, cancellationToken);
        var refined = new Measurement(
            measurement.Data,
            first.Positions ?? measurement.Positions,
            first.Probe,
            measurement.ObjectHeight,
            measurement.ObjectWidth
        )
        {
            Dropped = measurement.Dropped,
        };
        var second = solver.Solve(refined, progress, cancellationToken);
        return second with
        {
            Solver = Name,
            Positions = second.Positions ?? first.Positions,
            OperatorEvaluations = first.OperatorEvaluations + second.OperatorEvaluations,
            ComputeTime = first.ComputeTime + second.ComputeTime,
        };
    }
}
