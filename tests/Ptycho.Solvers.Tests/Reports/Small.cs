using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Reports;

namespace Ptycho.Solvers.Tests.Reports;

/// <summary>A report that needs no solver.</summary>
internal static class Small
{
    public const int Side = 24;

    public static Measurement Measurement(int frames = 4, int side = Side)
    {
        var positions = Enumerable.Range(0, frames).Select(k => new ScanPosition(k / 2 % 8, k % 2 * 8));
        var data = new DiffractionData(
            [.. Enumerable.Repeat(1f, frames * 64)],
            frames,
            8,
            8,
            DiffractionUnit.Intensity
        );
        var probe = Probe.FromField(ComplexField.Constant(8, 8, 1));
        return new Measurement(data, new ScanPattern(positions), probe, side, side);
    }

    public static ReconstructionResult Result(Measurement measurement) =>
        new()
        {
            Object = ComplexField.Constant(measurement.ObjectHeight, measurement.ObjectWidth, new(0.8, 0.2)),
            Solver = "rPIE",
            Probe = measurement.Probe,
            StopReason = StopReason.IterationLimit,
            ResidualHistory = [0.5, 0.1, 0.02],
            Residual = 0.02,
            FrameMisfit = [.. Enumerable.Range(0, measurement.Data.FrameCount).Select(k => 0.01 * (k + 1))],
            Iterations = 3,
            OperatorEvaluations = 7,
            ComputeTime = TimeSpan.FromSeconds(1.5),
        };

    public static ReconstructionReport Report(Measurement? measurement = null) =>
        new(measurement ?? Measurement(), Result(measurement ?? Measurement()));
}
