using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>
/// AWF stopped where it is nearest to the truth, which nobody knows outside a simulation: the best that AWF can be. At
/// little overlap its error grows with the iterations. Each number of iterations is a run of its own.
/// </summary>
/// <param name="truth">The true object.</param>
/// <param name="options">AWF's options but for the iterations.</param>
/// <param name="iterations">The numbers of iterations tried.</param>
internal sealed class BestIterationAwf(ComplexField truth, AwfOptions options, IReadOnlyList<int> iterations)
    : IReconstructionSolver
{
    public string Name => MethodNames.AwfBest;

    /// <returns>The best run's result; its time and evaluations are that run's alone.</returns>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        iterations
            .Select(count => new AwfSolver(options with { Stop = new StopRules { Iterations = count } }))
            .Select(solver => solver.Solve(measurement, progress: null, cancellationToken))
            .MinBy(result => ReconstructionMetrics.Nrmse(result.Object, truth))!;
}
