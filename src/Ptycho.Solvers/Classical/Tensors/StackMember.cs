using System.Runtime.InteropServices;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>One measurement of a stack while it is under way.</summary>
internal sealed class StackMember(int index, Measurement measurement, StackStart start)
{
    private readonly ResidualWatch _watch = new();

    /// <summary>Its place in the list of all measurements.</summary>
    public int Index { get; } = index;

    public Measurement Measurement { get; } = measurement;

    public StackStart Start { get; } = start;

    public List<double> History { get; } = [];

    public bool HasEnded { get; set; }

    /// <summary>Whether the flow has kept an object of it.</summary>
    public bool HasGood { get; private set; }

    /// <summary>Takes note of an iteration.</summary>
    /// <param name="misfit">Σ w(|Ψ| − a)².</param>
    /// <param name="size">Σ|o|, which tells whether the object is finite.</param>
    /// <param name="isGood">Whether the object is worth keeping.</param>
    /// <returns>Makes the failure around the last good object; null where all is well.</returns>
    public Func<IO.ComplexField?, NumericalFailureException>? Append(double misfit, double size, out bool isGood)
    {
        isGood = false;
        var (iteration, residual) = (History.Count + 1, Math.Sqrt(misfit / Start.AmplitudeEnergy));
        if (!double.IsFinite(residual))
            return last => NumericalFailureException.NotFinite(iteration, "residual", last);
        if (!double.IsFinite(size))
            return last => NumericalFailureException.NotFinite(iteration, "object", last);
        var smallest = _watch.Smallest;
        if (_watch.Diverges(residual))
            return last => NumericalFailureException.Diverged(iteration, smallest, residual, last);
        History.Add(residual);
        isGood = _watch.Accept(residual);
        HasGood |= isGood;
        return null;
    }

    public StopReason? Judge(StopRules rules) => rules.Judge(CollectionsMarshal.AsSpan(History));
}
