using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Selection;

namespace Ptycho.Solvers;

/// <summary>
/// The front door: one call from a measurement to its object. It looks at how densely the object is scanned, at whether there
/// is a prior and at whether the probe is known, takes a solver that suits, and says in the result and to the log which one
/// and why. Whoever knows better names a solver in the options, or uses one directly.
/// </summary>
public static class Ptychography
{
    /// <summary>Reconstructs with a solver that suits the measurement.</summary>
    /// <param name="measurement">What was measured; never changed.</param>
    /// <param name="prior">
    /// What is known of such objects, or null. It stays the caller's, and has to be on the options' device. Without it no
    /// native library is loaded.
    /// </param>
    /// <param name="options">Options; the defaults if not given.</param>
    /// <param name="progress">Told after every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">Checked at least once an iteration.</param>
    /// <returns>The object; <see cref="ReconstructionResult.Reason"/> says why this solver was taken.</returns>
    /// <exception cref="ArgumentException">
    /// The options ask for a solver that needs a prior and there is none, or do not fit the measurement.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite.</exception>
    public static ReconstructionResult Reconstruct(
        Measurement measurement,
        IPrior? prior = null,
        PtychographyOptions? options = null,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var choice = Choose(measurement, prior, options);
        return choice.Solver.Solve(measurement, progress, cancellationToken) with { Reason = choice.Reason };
    }

    /// <summary>The solver that <see cref="Reconstruct"/> would take, and why; nothing is reconstructed.</summary>
    /// <inheritdoc cref="Reconstruct" path="/param[@name='measurement' or @name='prior' or @name='options']"/>
    /// <exception cref="ArgumentException">The options ask for a solver that needs a prior and there is none.</exception>
    public static SolverChoice Choose(
        Measurement measurement,
        IPrior? prior = null,
        PtychographyOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        options ??= new PtychographyOptions();
        var choice = SolverRules.Choose(measurement, prior, options);
        SelectionLog.Report(options.LoggerFactory, choice);
        return choice;
    }
}
