using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>
/// Finds the object of a measurement. Every solver, classical or with a learned prior, stands behind this interface;
/// its options are given to its constructor, so one instance may serve many measurements, also at once.
/// </summary>
public interface IReconstructionSolver
{
    /// <summary>A short name for tables and logs, such as "rPIE".</summary>
    public string Name { get; }

    /// <summary>Reconstructs. The measurement is never changed, a known probe least of all.</summary>
    /// <param name="measurement">What was measured; valid by construction.</param>
    /// <param name="progress">Told after every iteration, on the calling thread; its time is not counted.</param>
    /// <param name="cancellationToken">Checked at least once an iteration.</param>
    /// <returns>The object and how it was found. Not having converged is a stop reason, not an error.</returns>
    /// <exception cref="ArgumentException">The measurement and the options do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite.</exception>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    );
}
