using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>One measurement of a stack while it is under way.</summary>
internal sealed class StackMember(int index, Measurement measurement, StackStart start)
{
    private readonly ResidualWatch _watch = new();
    private double _lowestHeldOut = double.PositiveInfinity;

    /// <summary>Its place in the list of all measurements.</summary>
    public int Index { get; } = index;

    public Measurement Measurement { get; } = measurement;

    public StackStart Start { get; } = start;

    public List<double> History { get; } = [];

    /// <summary>Residuals of the frames held out; empty where none are.</summary>
    public List<double> HeldOutHistory { get; } = [];

    /// <summary>The iteration in which held-out frames were predicted best; null where none are held out.</summary>
    public int? BestIteration { get; private set; }

    public bool HasEnded { get; set; }

    /// <summary>Whether the flow has kept an object of it.</summary>
    public bool HasGood { get; private set; }

    /// <summary>Takes note of an iteration.</summary>
    /// <param name="misfit">Σ w(|Ψ| − a)² over the frames used.</param>
    /// <param name="sizes">Σ|o| and Σ|P|, which tell whether object and probe are finite.</param>
    /// <param name="isGood">Whether the object is worth keeping.</param>
    /// <returns>Makes the failure around the last good object; null where all is well.</returns>
    public Func<ComplexField?, NumericalFailureException>? Append(
        double misfit,
        (double Object, double Probe) sizes,
        out bool isGood
    )
    {
        isGood = false;
        var (iteration, residual) = (History.Count + 1, Math.Sqrt(misfit / Start.AmplitudeEnergy));
        if (!double.IsFinite(residual))
            return last => NumericalFailureException.NotFinite(iteration, "residual", last);
        if (!double.IsFinite(sizes.Object))
            return last => NumericalFailureException.NotFinite(iteration, "object", last);
        if (!double.IsFinite(sizes.Probe))
            return last => NumericalFailureException.NotFinite(iteration, "probe", last);
        var smallest = _watch.Smallest;
        if (_watch.Diverges(residual))
            return last => NumericalFailureException.Diverged(iteration, smallest, residual, last);
        History.Add(residual);
        isGood = _watch.Accept(residual);
        HasGood |= isGood;
        return null;
    }

    /// <summary>Takes note of what the frames held out say of the iteration appended last.</summary>
    /// <param name="misfit">Σ w(|Ψ| − a)² over them.</param>
    /// <returns>Whether they were never predicted better.</returns>
    public bool AppendHeldOut(double misfit)
    {
        var residual = Math.Sqrt(misfit / Start.HeldOutEnergy);
        HeldOutHistory.Add(residual);
        if (residual >= _lowestHeldOut)
            return false;
        (_lowestHeldOut, BestIteration) = (residual, History.Count);
        return true;
    }

    public StopReason? Judge(StopRules rules) =>
        rules.Judge(CollectionsMarshal.AsSpan(History), CollectionsMarshal.AsSpan(HeldOutHistory));
}
