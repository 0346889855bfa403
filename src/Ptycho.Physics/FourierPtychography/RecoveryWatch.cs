using System.Numerics;
using System.Numerics.Tensors;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// Finds NaN, infinity and divergence in the sweep in which they come up, and keeps the state of the last sweep whose error
/// was below twice the smallest.
/// </summary>
internal sealed class RecoveryWatch(FourierPtychographyEngine engine, int sweeps)
{
    private const double GoodBelow = 2;

    // A model that is worse than none, and ten times as bad as it was, does not come back.
    private const double DivergedAbove = 10;
    private readonly FourierPtychographyState _good = engine.State.Copy();
    private double _smallest = double.PositiveInfinity;
    private int _kept;

    /// <summary>Takes what is there as good: the state that a stored recovery goes on from.</summary>
    /// <param name="errors">Those of the sweeps that led to it; at least one.</param>
    public void Resume(ReadOnlySpan<double> errors)
    {
        engine.State.CopyTo(_good);
        _kept = errors.Length;
        _smallest = TensorPrimitives.Min(errors);
    }

    /// <param name="errors">Those of all sweeps so far.</param>
    /// <param name="elapsed">Time so far.</param>
    /// <returns>Whether the state is the last good one now.</returns>
    /// <exception cref="FourierPtychographyDivergedException">What was found; with the last good state.</exception>
    public bool Check(ReadOnlySpan<double> errors, TimeSpan elapsed)
    {
        var error = errors[^1];
        var term =
            !double.IsFinite(error) || (error > 1 && error > DivergedAbove * _smallest)
                ? "amplitude error"
                : engine.State.NotFinite;
        if (term is not null)
            throw new FourierPtychographyDivergedException(
                errors.Length,
                sweeps,
                term,
                string.Equals(term, "amplitude error", StringComparison.Ordinal) ? error : double.NaN,
                LastGood(errors, elapsed)
            );
        _smallest = Math.Min(_smallest, error);
        if (error > GoodBelow * _smallest)
            return false;
        engine.State.CopyTo(_good);
        _kept = errors.Length;
        return true;
    }

    private FourierPtychographyResult? LastGood(ReadOnlySpan<double> errors, TimeSpan elapsed)
    {
        if (_kept == 0)
            return null;
        _good.CopyTo(engine.State);
        return engine.Result(errors[.._kept], elapsed) is { Scale: var scale } found && scale != Complex.Zero
            ? found
            : null;
    }
}
