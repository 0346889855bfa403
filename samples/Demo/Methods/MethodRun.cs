using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Demo.Methods;

/// <summary>One reconstruction, measured against the truth.</summary>
internal sealed record MethodRun
{
    private MethodRun() { }

    public required DemoScene Scene { get; init; }

    public required string Method { get; init; }

    /// <summary>The object found, its free global phase turned to the truth's.</summary>
    public required ComplexField Object { get; init; }

    public required double Nrmse { get; init; }

    /// <summary>Of the magnitudes.</summary>
    public required double Ssim { get; init; }

    /// <summary>Root mean square, radians: a right magnitude can hide a wrong phase.</summary>
    public required double PhaseError { get; init; }

    public required double Seconds { get; init; }

    public required long NetworkEvaluations { get; init; }

    public static MethodRun Of(DemoScene scene, ReconstructionResult result)
    {
        var (found, truth) = (result.Object, scene.Truth);
        return new MethodRun
        {
            Scene = scene,
            Method = result.Solver,
            Object = Align(found, truth),
            Nrmse = ReconstructionMetrics.Nrmse(found, truth),
            Ssim = ReconstructionMetrics.Ssim(found, truth),
            PhaseError = ReconstructionMetrics.PhaseError(found, truth),
            Seconds = result.ComputeTime.TotalSeconds,
            NetworkEvaluations = result.NetworkEvaluations,
        };
    }

    private static ComplexField Align(ComplexField found, ComplexField truth)
    {
        var phase = ReconstructionMetrics.GlobalPhase(found, truth);
        var aligned = new ComplexField(found.Height, found.Width);
        for (var row = 0; row < found.Height; row++)
        for (var column = 0; column < found.Width; column++)
            aligned[row, column] = phase * found[row, column];
        return aligned;
    }
}
