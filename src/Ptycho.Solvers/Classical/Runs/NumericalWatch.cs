using Ptycho.IO;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>
/// Finds NaN, infinity and divergence in the iteration in which they come up, and keeps the last good object: that of
/// the last iteration whose residual was below twice the smallest, of large objects at every tenth.
/// </summary>
internal sealed class NumericalWatch(IClassicalState state)
{
    // 4 MiB: what leaves the caches takes as long to copy as many positions.
    private const int SmallLength = 1 << 20;
    private const int LargeInterval = 10;
    private readonly EstimateCopy _good = new(state);
    private readonly ResidualWatch _residuals = new();
    private readonly int _interval = state.Estimate.Sum(part => part.Buffer.Length) > SmallLength ? LargeInterval : 1;

    /// <param name="iteration">The iteration, from 1.</param>
    /// <param name="residual">Its residual.</param>
    /// <exception cref="NumericalFailureException">What was found; with the last good object.</exception>
    public void Check(int iteration, double residual)
    {
        if (!double.IsFinite(residual))
            throw NumericalFailureException.NotFinite(iteration, "residual", LastGood());
        for (var i = 0; i < state.Estimate.Count; i++)
            if (!state.IsFinite(i))
                throw NumericalFailureException.NotFinite(iteration, i == 0 ? "object" : "probe", LastGood());
        if (_residuals.Diverges(residual))
            throw NumericalFailureException.Diverged(iteration, _residuals.Smallest, residual, LastGood());
        if (_residuals.Accept(residual) && (_good.Iteration == 0 || iteration >= _good.Iteration + _interval))
            _good.Take(iteration);
    }

    /// <summary>Goes on after the iterations of a run before.</summary>
    public void Resume(ReadOnlySpan<double> residuals)
    {
        foreach (var residual in residuals)
            _residuals.Accept(residual);
        if (residuals.Length > 0)
            _good.Take(residuals.Length);
    }

    private ComplexField? LastGood()
    {
        if (_good.Iteration == 0)
            return null;
        _good.Restore();
        return state.ToObject();
    }
}
