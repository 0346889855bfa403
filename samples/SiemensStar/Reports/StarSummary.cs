using System.Text.Json;
using System.Text.Json.Serialization;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.SiemensStar.Reports;

/// <summary>summary.json. The names are those of the file, in camel case.</summary>
/// <param name="Frames">Frames of the measurement.</param>
/// <param name="Runs">One entry a reconstruction.</param>
/// <param name="HalfResolution">Where the ring correlation of the halves crosses half a bit, cycles a pixel; null if it
/// never does or there are no halves.</param>
/// <param name="HalfCorrelation">Of the halves, ring by ring up to 0.5 cycles a pixel.</param>
/// <param name="QuarterResolution">The same of a quarter with the other half.</param>
/// <param name="QuarterCorrelation">The same.</param>
/// <param name="Threshold">Half a bit, ring by ring.</param>
internal sealed record StarSummary(
    int Frames,
    IReadOnlyList<RunSummary> Runs,
    double? HalfResolution,
    IReadOnlyList<double> HalfCorrelation,
    double? QuarterResolution,
    IReadOnlyList<double> QuarterCorrelation,
    IReadOnlyList<double> Threshold
)
{
    public static StarSummary Of(StarComparison comparison)
    {
        var runs = new List<RunSummary>
        {
            RunSummary.Of("rPIE", comparison.Rpie),
            RunSummary.Of("ML", comparison.Likelihood),
        };
        if (comparison.Parts is { } parts)
            runs.AddRange([
                RunSummary.Of("ML, half 1", parts.First),
                RunSummary.Of("ML, half 2", parts.Second),
                RunSummary.Of("ML, quarter", parts.Quarter),
            ]);
        return new StarSummary(
            comparison.Measurement.Data.FrameCount,
            runs,
            comparison.Parts?.Correlation.Resolution,
            comparison.Parts?.Correlation.Correlation ?? [],
            comparison.Parts?.QuarterCorrelation.Resolution,
            comparison.Parts?.QuarterCorrelation.Correlation ?? [],
            comparison.Parts?.Correlation.HalfBit ?? []
        );
    }

    public string ToJson() => JsonSerializer.Serialize(this, StarJson.Default.StarSummary) + "\n";
}

/// <summary>One reconstruction in numbers.</summary>
/// <param name="Name">What was reconstructed.</param>
/// <param name="Frames">Frames used.</param>
/// <param name="Iterations">Iterations or sweeps.</param>
/// <param name="Residual">Relative amplitude residual of the result.</param>
/// <param name="ChiSquare">Mean χ² a pixel; 1 is what counting noise gives.</param>
/// <param name="ModePowers">Part of the light in each mode of the probe.</param>
/// <param name="Seconds">Compute time.</param>
internal sealed record RunSummary(
    string Name,
    int Frames,
    int Iterations,
    double Residual,
    double? ChiSquare,
    IReadOnlyList<double> ModePowers,
    double Seconds
)
{
    public static RunSummary Of(string name, ReconstructionResult result) =>
        new(
            name,
            result.FrameMisfit.Count,
            result.Iterations,
            result.Residual,
            result.FrameChiSquare?.Where(double.IsFinite).Average(),
            ProbeModes.Powers(result.Probe),
            result.ComputeTime.TotalSeconds
        );
}

/// <summary>How the summary becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StarSummary))]
internal sealed partial class StarJson : JsonSerializerContext;
