using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical;

/// <summary>Makes the result of a classical solver.</summary>
internal static class ResultBuilder
{
    /// <summary>Puts a result together; the misfits are Σ w(|Ψ| − a)² of every frame.</summary>
    public static ReconstructionResult Build(
        string name,
        ScanPlan plan,
        SolverRun run,
        StopReason reason,
        ComplexField image,
        double[] misfits
    )
    {
        var total = misfits.Sum();
        run.RequireFinite(total, "object");
        var frameEnergy = plan.AmplitudeEnergy / plan.FrameCount;
        return new ReconstructionResult
        {
            Object = image,
            Solver = name,
            Probe = plan.Measurement.Probe,
            StopReason = reason,
            ResidualHistory = run.History,
            Residual = Math.Sqrt(total / plan.AmplitudeEnergy),
            FrameMisfit = [.. misfits.Select(misfit => Math.Sqrt(misfit / frameEnergy))],
            Iterations = run.Iterations,
            OperatorEvaluations = 0,
            ComputeTime = run.Elapsed,
            DroppedFrames = plan.Measurement.Dropped,
        };
    }

    /// <summary>The result with χ² of its frames where the counts are known, under its own probe and positions.</summary>
    public static ReconstructionResult Judged(ReconstructionResult result, Measurement measurement)
    {
        if (measurement.Data.CountsPerUnit is null)
            return result;
        var positions = result.Positions ?? measurement.Positions;
        var frames = FrameStatistics.Of(measurement, result.Object, result.Probe, positions);
        return result with { FrameChiSquare = frames.ChiSquares };
    }
}
