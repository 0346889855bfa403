using System.Diagnostics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Posterior;

/// <summary>Residuals and misfits of an object found by a solver with a prior, as the common result wants them.</summary>
internal static class ResultBuilder
{
    /// <param name="name">The solver's name.</param>
    /// <param name="measurement">The data, all frames.</param>
    /// <param name="split">Which frames the solver used.</param>
    /// <param name="obj">The estimate.</param>
    /// <param name="history">The residual of each level or step, where it was measured.</param>
    /// <param name="iterations">Levels or steps done.</param>
    /// <param name="networkEvaluations">Network evaluations, all chains.</param>
    /// <param name="operatorEvaluations">Operator evaluations, all chains.</param>
    /// <param name="watch">The clock of the compute time.</param>
    internal static ReconstructionResult Build(
        string name,
        Measurement measurement,
        FrameSplit split,
        ComplexField obj,
        IReadOnlyList<double> history,
        int iterations,
        long networkEvaluations,
        long operatorEvaluations,
        Stopwatch watch
    )
    {
        var frames = FrameStatistics.Of(measurement, obj, measurement.Probe, measurement.Positions);
        var residual = frames.Residual(split.Used);
        watch.Stop();
        return new ReconstructionResult
        {
            Object = obj,
            Solver = name,
            Probe = measurement.Probe,
            StopReason = StopReason.ScheduleCompleted,
            ResidualHistory = history.Count > 0 ? history : [residual],
            Residual = residual,
            FrameMisfit = frames.Misfits,
            FrameChiSquare = frames.ChiSquares,
            HeldOut =
                split.HeldOut.Length == 0
                    ? null
                    : new HeldOutFrames(split.HeldOut, frames.Residual(split.HeldOut), frames.ChiSquare(split.HeldOut)),
            Iterations = iterations,
            NetworkEvaluations = networkEvaluations,
            OperatorEvaluations = operatorEvaluations,
            ComputeTime = watch.Elapsed,
            DroppedFrames = measurement.Dropped,
        };
    }
}
