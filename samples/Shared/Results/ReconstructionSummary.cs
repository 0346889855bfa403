using System.Text.Json;
using System.Text.Json.Serialization;
using Ptycho.Solvers.Reports;

namespace Ptycho.Samples.Shared.Results;

/// <summary>A reconstruction in numbers, as in summary.json.</summary>
/// <param name="Title">The heading of the report.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Reason">Why this solver was taken; null where the user named it.</param>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Iterations">Iterations done.</param>
/// <param name="Residual">Relative amplitude residual of the object.</param>
/// <param name="ChiSquare">Mean over frames of χ² a pixel; null where the counts are not known.</param>
/// <param name="HeldOutResidual">Of frames that the solver did not see; null if it saw all.</param>
/// <param name="DataShare">Mean share of the data; null without a prior.</param>
/// <param name="Resolution">Where the ring correlation of halves crosses half a bit, cycles a pixel; null if unknown.</param>
/// <param name="ObjectPixel">Height and width of an object pixel, m; null where unknown.</param>
/// <param name="Seconds">Compute time of the solver.</param>
/// <param name="NetworkEvaluations">Evaluations of the network.</param>
/// <param name="Warnings">Reasons not to take the result at face value.</param>
/// <param name="Options">Options used.</param>
public sealed record ReconstructionSummary(
    string Title,
    string Solver,
    string? Reason,
    string StopReason,
    int Iterations,
    double Residual,
    double? ChiSquare,
    double? HeldOutResidual,
    double? DataShare,
    double? Resolution,
    IReadOnlyList<double>? ObjectPixel,
    double Seconds,
    long NetworkEvaluations,
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, string> Options
)
{
    public static ReconstructionSummary Of(ReconstructionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var result = report.Result;
        var chiSquares = result.FrameChiSquare?.Where(double.IsFinite).ToArray() ?? [];
        return new ReconstructionSummary(
            report.Title,
            result.Solver,
            result.Reason,
            result.StopReason.ToString(),
            result.Iterations,
            result.Residual,
            chiSquares.Length > 0 ? chiSquares.Average() : null,
            result.HeldOut?.Residual,
            result.DataShare?.Average(),
            report.RingCorrelation?.Resolution,
            report.ObjectPixel is { } pixel ? [pixel.Height, pixel.Width] : null,
            result.ComputeTime.TotalSeconds,
            result.NetworkEvaluations,
            [.. result.Warnings.Select(warning => warning.Message), .. report.Warnings],
            report.Options.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
        );
    }

    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.Default.ReconstructionSummary) + "\n";
}

/// <summary>How the summary becomes JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(ReconstructionSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
