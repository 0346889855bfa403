using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Samples.LargeField.Scenes;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tiling;

namespace Ptycho.Samples.LargeField.Methods;

/// <summary>One reconstruction of the field, measured against the truth.</summary>
internal sealed record FieldRun
{
    public required string Method { get; init; }

    /// <summary>The object found, its free global phase turned to the truth's.</summary>
    public required ComplexField Object { get; init; }

    public required ReconstructionResult Result { get; init; }

    public required double Nrmse { get; init; }

    /// <summary>Of the magnitudes.</summary>
    public required double Ssim { get; init; }

    /// <summary>Root mean square, radians.</summary>
    public required double PhaseError { get; init; }

    /// <summary>At the borders of the windows or tiles; null for a method that has none.</summary>
    public SeamReport? Seams { get; init; }

    /// <summary>The same lines in a run whose windows lie elsewhere, so that no seam can be there; null without one.</summary>
    public SeamReport? ControlSeams { get; init; }

    /// <summary>Windows or tiles.</summary>
    public int Parts { get; init; } = 1;

    public static FieldRun Of(string method, FieldScene scene, ReconstructionResult result, SeamLines? lines, int parts)
    {
        var (found, truth) = (result.Object, scene.Truth);
        var phase = ReconstructionMetrics.GlobalPhase(found, truth);
        var aligned = found.Clone();
        for (var row = 0; row < found.Height; row++)
        for (var column = 0; column < found.Width; column++)
            aligned[row, column] *= phase;
        return new FieldRun
        {
            Method = method,
            Object = aligned,
            Result = result,
            Nrmse = ReconstructionMetrics.Nrmse(found, truth),
            Ssim = ReconstructionMetrics.Ssim(found, truth),
            PhaseError = ReconstructionMetrics.PhaseError(found, truth),
            Seams = lines is null ? null : SeamReport.Between(found, truth, lines),
            Parts = parts,
        };
    }
}
