using Ptycho.Physics.Metrics;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>One reconstruction, measured against the truth. The names are those of results.json, in camel case.</summary>
/// <param name="Probe">Name of the probe.</param>
/// <param name="Scan">Name of the scan.</param>
/// <param name="Overlap">Percent.</param>
/// <param name="PeakCounts">Counts of the brightest pixel.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Crop">The test crop, from 1.</param>
/// <param name="Nrmse">Full frame, the global phase free.</param>
/// <param name="Ssim">Of the magnitudes.</param>
/// <param name="PhaseError">Root mean square, radians.</param>
/// <param name="PhaseErrorWithoutRamp">The same without the best linear ramp.</param>
/// <param name="PhaseRamp">See <see cref="PhaseShape"/>.</param>
/// <param name="SlowPhase">See <see cref="PhaseShape"/>.</param>
/// <param name="PhaseStep">See <see cref="PhaseShape"/>.</param>
/// <param name="PhaseFlag">Whether a ramp or a step was found.</param>
/// <param name="Residual">Relative amplitude residual of the result.</param>
/// <param name="Iterations">Iterations, levels or guided steps.</param>
/// <param name="NetworkEvaluations">Forward evaluations of a network.</param>
/// <param name="OperatorEvaluations">Forward and adjoint evaluations.</param>
/// <param name="Seconds">Compute time, with the threads that the run gave it.</param>
/// <param name="Fingerprint">Of all that the result depends on; see <see cref="Fingerprints"/>.</param>
internal sealed record CellResult(
    string Probe,
    string Scan,
    int Overlap,
    double PeakCounts,
    string Method,
    int Crop,
    double Nrmse,
    double Ssim,
    double PhaseError,
    double PhaseErrorWithoutRamp,
    double PhaseRamp,
    double SlowPhase,
    double PhaseStep,
    bool PhaseFlag,
    double Residual,
    int Iterations,
    long NetworkEvaluations,
    long OperatorEvaluations,
    double Seconds,
    string Fingerprint
)
{
    /// <summary>Which reconstruction this is.</summary>
    public Cell ToCell() => new(new Scene(Probe, Scan, Overlap, PeakCounts), Method, Crop);

    public static CellResult Of(Cell cell, Trial trial, ReconstructionResult result, string fingerprint)
    {
        var (found, truth) = (result.Object, trial.Truth);
        var shape = PhaseShape.Of(found, truth);
        return new CellResult(
            cell.Scene.Probe,
            cell.Scene.Scan,
            cell.Scene.Overlap,
            cell.Scene.PeakCounts,
            cell.Method,
            cell.Crop,
            ReconstructionMetrics.Nrmse(found, truth),
            ReconstructionMetrics.Ssim(found, truth),
            ReconstructionMetrics.PhaseError(found, truth),
            ReconstructionMetrics.PhaseErrorWithoutRamp(found, truth),
            shape.Ramp,
            shape.Slow,
            shape.Step,
            shape.IsSuspicious,
            result.Residual,
            result.Iterations,
            result.NetworkEvaluations,
            result.OperatorEvaluations,
            result.ComputeTime.TotalSeconds,
            fingerprint
        );
    }
}
