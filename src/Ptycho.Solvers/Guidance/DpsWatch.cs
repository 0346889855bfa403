using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Guidance;

/// <summary>Finds what is not finite in the step in which it arises, and keeps the estimate of the last step that was well.</summary>
internal sealed class DpsWatch : IDisposable
{
    // A state has unit power; no step that means anything comes near.
    private const double LargestState = 1e6;
    private Tensor? _good;
    private int _step;

    /// <summary>The level of the step at hand.</summary>
    internal int Level { get; private set; }

    internal void Begin(int step, int level) => (_step, Level) = (step, level);

    /// <summary>Keeps an estimate, [C, H, W], in place of the one before.</summary>
    internal void Keep(Tensor objects)
    {
        _good?.Dispose();
        _good = objects.detach().DetachFromDisposeScope();
    }

    internal void Require(Tensor values, string term)
    {
        using var scope = NewDisposeScope();
        Require(values.detach().abs().sum().ToDouble(), term);
    }

    internal void RequireBounded(Tensor state, string term)
    {
        using var scope = NewDisposeScope();
        var size = state.abs().max().ToDouble();
        Require(size, term);
        if (size > LargestState)
            throw Failure(term);
    }

    internal void Require(double value, string term)
    {
        if (!double.IsFinite(value))
            throw Failure(term);
    }

    public void Dispose() => _good?.Dispose();

    private NumericalFailureException Failure(string term)
    {
        using var scope = NewDisposeScope();
        var objects = _good;
        var last = objects is null ? null : Gauge.Align(objects, objects[0]).mean([0]).cpu().ToField();
        return new NumericalFailureException(_step, term, Level, last);
    }
}
