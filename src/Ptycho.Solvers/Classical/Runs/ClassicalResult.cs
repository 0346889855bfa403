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
        var total = split.Used.Sum(frame => misfits[frame]);
        var image = state.ToObject();
        if (!double.IsFinite(total))
            throw NumericalFailureException.NotFinite(Math.Max(1, history.Count), "object", null);
        var frameEnergy = plan.Energy([.. Enumerable.Range(0, plan.FrameCount)]) / plan.FrameCount;
        var result = new ReconstructionResult
        {
            Object = image,
            Solver = name,
            Probe = Shown(state.ToProbe(), plan.Measurement.Probe),
            Positions = state.MovesPositions ? new ScanPattern(plan.Positions.ToArray()) : null,
            StopReason = reason,
            ResidualHistory = history.Residuals.ToArray(),
            HeldOutHistory = history.HeldOut.ToArray(),
            BestIteration = bestIteration,
            Residual = Math.Sqrt(total / plan.AmplitudeEnergy),
            FrameMisfit = [.. misfits.Select(misfit => Math.Sqrt(misfit / frameEnergy))],
            Iterations = history.Count,
            OperatorEvaluations = state.Evaluations(history.Count),
            ComputeTime = history.Elapsed,
            DroppedFrames = plan.Measurement.Dropped,
        };
        return Judged(result, state, split, misfits);
    }

    // A known probe stays the caller's instance; refined modes are any mixture, and orthogonal ones can be looked at.
    private static Probe Shown(Probe probe, Probe measured) =>
        ReferenceEquals(probe, measured) ? probe : ProbeModes.Orthogonalise(probe);

    /// <summary>With χ² of its frames where the counts are known, and what held-out frames say.</summary>
    private static ReconstructionResult Judged(
        ReconstructionResult result,
        IClassicalState state,
        FrameSplit split,
        double[] misfits
    )
    {
        var measurement = state.Plan.Measurement;
        FrameStatistics? frames = null;
        if (measurement.Data.CountsPerUnit is not null)
        {
            var positions = result.Positions ?? measurement.Positions;
            frames = FrameStatistics.Of(measurement, result.Object, result.Probe, positions);
            result = result with { FrameChiSquare = frames.ChiSquares };
        }

        if (split.HeldOut.Length == 0)
            return result;
        var residual = Math.Sqrt(split.HeldOut.Sum(k => misfits[k]) / state.Plan.Energy(split.HeldOut));
        return result with { HeldOut = new HeldOutFrames(split.HeldOut, residual, frames?.ChiSquare(split.HeldOut)) };
    }
}
