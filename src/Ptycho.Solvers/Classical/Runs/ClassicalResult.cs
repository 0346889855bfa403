using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>Makes the result of a classical solver.</summary>
internal static class ClassicalResult
{
    public static ReconstructionResult Build(
        string name,
        IClassicalState state,
        FrameSplit split,
        RunHistory history,
        StopReason reason,
        int? bestIteration
    )
    {
        var plan = state.Plan;
        var misfits = new double[plan.FrameCount];
        state.Misfits(misfits);
        var outcome = new ClassicalOutcome
        {
            Solver = name,
            Measurement = plan.Measurement,
            Split = split,
            Object = state.ToObject(),
            Probe = FinalProbe(state, history.Count),
            Positions = state.MovesPositions ? new ScanPattern(plan.Positions.ToArray()) : null,
            Misfits = misfits,
            Energies = plan.Energies.ToArray(),
            StopReason = reason,
            Residuals = history.Residuals.ToArray(),
            HeldOutResiduals = history.HeldOut.ToArray(),
            BestIteration = bestIteration,
            OperatorEvaluations = state.Evaluations(history.Count),
            ComputeTime = history.Elapsed,
        };
        return double.IsFinite(outcome.UsedMisfit)
            ? Of(outcome)
            : throw NumericalFailureException.NotFinite(Math.Max(1, history.Count), "object", null);
    }

    // Numbers that are no probe: none of light, or of more than a float holds.
    private static Probe FinalProbe(IClassicalState state, int iterations)
    {
        try
        {
            return state.ToProbe();
        }
        catch (ArgumentException)
        {
            throw NumericalFailureException.NotFinite(Math.Max(1, iterations), "probe", null);
        }
    }

    public static ReconstructionResult Of(ClassicalOutcome outcome)
    {
        var (measurement, energies) = (outcome.Measurement, outcome.Energies);
        var frameEnergy = energies.Sum() / energies.Length;
        var result = new ReconstructionResult
        {
            Object = outcome.Object,
            Solver = outcome.Solver,
            Probe = Shown(outcome.Probe, measurement.Probe),
            Positions = outcome.Positions,
            StopReason = outcome.StopReason,
            ResidualHistory = outcome.Residuals,
            HeldOutHistory = outcome.HeldOutResiduals,
            BestIteration = outcome.BestIteration,
            Residual = Math.Sqrt(outcome.UsedMisfit / outcome.Split.Used.Sum(frame => energies[frame])),
            FrameMisfit = [.. outcome.Misfits.Select(misfit => Math.Sqrt(misfit / frameEnergy))],
            Iterations = outcome.Residuals.Length,
            OperatorEvaluations = outcome.OperatorEvaluations,
            ComputeTime = outcome.ComputeTime,
            DroppedFrames = measurement.Dropped,
        };
        return Judged(result, outcome);
    }

    // A known probe stays the caller's instance; refined modes are any mixture, and orthogonal ones can be looked at.
    private static Probe Shown(Probe probe, Probe measured) =>
        ReferenceEquals(probe, measured) ? probe : ProbeModes.Orthogonalise(probe);

    /// <summary>With χ² of its frames where the counts are known, and what held-out frames say.</summary>
    private static ReconstructionResult Judged(ReconstructionResult result, ClassicalOutcome outcome)
    {
        var (measurement, heldOut) = (outcome.Measurement, outcome.Split.HeldOut);
        FrameStatistics? frames = null;
        if (measurement.Data.CountsPerUnit is not null)
        {
            var positions = result.Positions ?? measurement.Positions;
            frames = FrameStatistics.Of(measurement, result.Object, result.Probe, positions);
            result = result with { FrameChiSquare = frames.ChiSquares };
        }

        if (heldOut.Length > 0)
        {
            var residual = Math.Sqrt(heldOut.Sum(k => outcome.Misfits[k]) / heldOut.Sum(k => outcome.Energies[k]));
            result = result with { HeldOut = new HeldOutFrames(heldOut, residual, frames?.ChiSquare(heldOut)) };
        }

        return result with
        {
            Warnings = TrustRules.WithoutPrior(result),
        };
    }
}
