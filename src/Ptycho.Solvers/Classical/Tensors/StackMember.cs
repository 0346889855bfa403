using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
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

    /// <summary>What it ended with; null before, and after a failure.</summary>
    public ClassicalOutcome? Outcome { get; set; }

    /// <summary>Why it ended without a result; null otherwise.</summary>
    public StackFailure? Failure { get; set; }

    public bool HasEnded => Outcome is not null || Failure is not null;

    /// <summary>Whether the flow has kept an object of it.</summary>
    public bool HasGood { get; private set; }

    /// <summary>Takes note of an iteration.</summary>
    /// <param name="misfit">Σ w(|Ψ| − a)² over the frames used.</param>
    /// <param name="sizes">Σ|o| and Σ|P|, which tell whether object and probe are finite.</param>
    /// <param name="isGood">Whether the object is worth keeping.</param>
    /// <returns>The failure, without the last good object; null where all is well.</returns>
    public StackFailure? Append(double misfit, (double Object, double Probe) sizes, out bool isGood)
    {
        isGood = false;
        var (iteration, residual) = (History.Count + 1, Math.Sqrt(misfit / Start.AmplitudeEnergy));
        if (!double.IsFinite(residual))
            return StackFailure.NotFinite(iteration, StackFailure.Residual, null);
        if (!double.IsFinite(sizes.Object))
            return StackFailure.NotFinite(iteration, StackFailure.Object, null);
        if (!double.IsFinite(sizes.Probe))
            return StackFailure.NotFinite(iteration, StackFailure.Probe, null);
        if (_watch.Diverges(residual))
            return new StackFailure(iteration, StackFailure.Residual, _watch.Smallest, residual, null);
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
        return AppendHeldOutResidual(Math.Sqrt(misfit / Start.HeldOutEnergy));
    }

    /// <summary>Takes note of the iterations of a run before.</summary>
    public void Resume(ReadOnlySpan<double> residuals, ReadOnlySpan<double> heldOut)
    {
        foreach (var residual in residuals)
        {
            History.Add(residual);
            _watch.Accept(residual);
            if (heldOut.Length >= History.Count)
                AppendHeldOutResidual(heldOut[History.Count - 1]);
        }

        HasGood = residuals.Length > 0;
    }

    /// <summary>What it ends with, of what its flow and its histories hold.</summary>
    /// <param name="solver">The solver's name.</param>
    /// <param name="reason">Why it ends.</param>
    /// <param name="misfits">Σ w(|Ψ| − a)² of every frame.</param>
    /// <param name="image">The object.</param>
    /// <param name="probe">The probe; the measurement's own where it is known.</param>
    /// <param name="positions">Null where they are known.</param>
    /// <param name="time">Compute time.</param>
    public ClassicalOutcome ToOutcome(
        string solver,
        StopReason reason,
        double[] misfits,
        ComplexField image,
        Probe probe,
        ScanPattern? positions,
        TimeSpan time
    ) =>
        new()
        {
            Solver = solver,
            Measurement = Measurement,
            Split = Start.Split,
            Object = image,
            Probe = probe,
            Positions = positions,
            Misfits = misfits,
            Energies = Start.Energies,
            StopReason = reason,
            Residuals = [.. History],
            HeldOutResiduals = [.. HeldOutHistory],
            BestIteration = BestIteration,
            OperatorEvaluations = 2L * History.Count + 1,
            ComputeTime = time,
        };

    public StopReason? Judge(StopRules rules) =>
        rules.Judge(CollectionsMarshal.AsSpan(History), CollectionsMarshal.AsSpan(HeldOutHistory));

    private bool AppendHeldOutResidual(double residual)
    {
        HeldOutHistory.Add(residual);
        if (residual >= _lowestHeldOut)
            return false;
        (_lowestHeldOut, BestIteration) = (residual, History.Count);
        return true;
    }
}
