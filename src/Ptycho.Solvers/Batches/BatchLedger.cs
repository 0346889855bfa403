using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Batches;

/// <summary>What became of the objects of a batch, and who is told. Used on the calling thread.</summary>
internal sealed class BatchLedger(int objects, IProgress<BatchProgress>? progress)
{
    private readonly BatchOutcome?[] _outcomes = new BatchOutcome?[objects];
    private int _finished;

    /// <summary>All outcomes, once every object has its own.</summary>
    internal IReadOnlyList<BatchOutcome> Outcomes => _outcomes!;

    internal bool IsHeard => progress is not null;

    /// <exception cref="ArgumentException">A measurement is null; it is named.</exception>
    internal static void Require(IReadOnlyList<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        for (var i = 0; i < measurements.Count; i++)
            if (measurements[i] is null)
                throw new ArgumentException($"Measurement {i} is null.", nameof(measurements));
    }

    internal bool HasEnded(int index) => _outcomes[index] is not null;

    internal void Step(int index, ReconstructionProgress step) =>
        progress?.Report(new BatchProgress(index, step, null, _finished, objects));

    internal void End(BatchOutcome outcome)
    {
        _outcomes[outcome.Index] = outcome;
        _finished++;
        progress?.Report(new BatchProgress(outcome.Index, null, outcome, _finished, objects));
    }
}
