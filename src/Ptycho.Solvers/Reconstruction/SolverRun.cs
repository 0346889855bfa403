using System.Diagnostics;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>
/// The bookkeeping of one iterative solve: history, stop rules, clock without callbacks, progress, cancellation,
/// NaN. Recording allocates nothing.
/// </summary>
internal sealed class SolverRun(
    StopRules rules,
    IProgress<ReconstructionProgress>? progress,
    CancellationToken cancellationToken
)
{
    private readonly double[] _history = new double[rules.Iterations];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Iterations recorded.</summary>
    public int Iterations { get; private set; }

    public TimeSpan Elapsed => _clock.Elapsed;

    public IReadOnlyList<double> History => _history[..Iterations];

    /// <summary>Ends an iteration.</summary>
    /// <returns>Why to stop, or null to go on.</returns>
    public StopReason? Record(double residual)
    {
        RequireFinite(residual, "residual");
        _history[Iterations++] = residual;
        cancellationToken.ThrowIfCancellationRequested();
        if (progress is not null)
        {
            _clock.Stop();
            progress.Report(new ReconstructionProgress(Iterations, rules.Iterations, residual));
            _clock.Start();
        }

        return rules.Judge(_history.AsSpan(0, Iterations));
    }

    public void RequireFinite(double value, string term)
    {
        if (!double.IsFinite(value))
            throw new NumericalFailureException(Math.Max(1, Iterations), term);
    }
}
