using System.Text.Json;
using System.Text.Json.Serialization;
using Ptycho.Samples.Uncertainty.Sampling;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Samples.Uncertainty.Results;

/// <summary>Coverage of the intervals of magnitude and phase, for each nominal probability.</summary>
internal sealed record Coverage(IReadOnlyList<double> Magnitude, IReadOnlyList<double> Phase)
{
    public static Coverage Of(CalibrationReport report) => new(report.MagnitudeCoverage, report.PhaseCoverage);
}

/// <summary>Whether the error bars are honest, before and after one factor that was fitted on other objects.</summary>
/// <param name="Nominal">Nominal probabilities.</param>
/// <param name="Bare">Coverage of mean ± z·s.</param>
/// <param name="Corrected">Coverage of mean ± z·s·k.</param>
/// <param name="MagnitudeFactor">k of the magnitude.</param>
/// <param name="PhaseFactor">k of the phase.</param>
/// <param name="FittedOn">Objects that k was fitted on.</param>
/// <param name="ReportedFor">Objects that are counted here.</param>
internal sealed record Calibration(
    IReadOnlyList<double> Nominal,
    Coverage Bare,
    Coverage Corrected,
    double MagnitudeFactor,
    double PhaseFactor,
    int FittedOn,
    int ReportedFor
)
{
    [JsonIgnore]
    public string Note =>
        FittedOn == 0
            ? "One object leaves none to fit the factor on: these are the bare error bars."
            : FormattableString.Invariant(
                $"The error bars were multiplied by {MagnitudeFactor:F2} (magnitude) and {PhaseFactor:F2} (phase), fitted on {FittedOn} of the objects; the table is of the other {ReportedFor}."
            );

    public static Calibration Of(IReadOnlyList<SampledObject> objects)
    {
        var pairs = objects.Select(item => (item.Summary, item.Truth)).ToArray();
        var (fitted, reported) = (pairs[..(pairs.Length / 2)], pairs[(pairs.Length / 2)..]);
        var (magnitude, phase) = fitted.Length > 0 ? CalibrationReport.FitInflation(fitted) : (1, 1);
        var bare = CalibrationReport.Of(reported);
        return new Calibration(
            bare.Nominal,
            Coverage.Of(bare),
            Coverage.Of(CalibrationReport.Of(reported, magnitude, phase)),
            magnitude,
            phase,
            fitted.Length,
            reported.Length
        );
    }

    public string ToJson() => JsonSerializer.Serialize(this, CalibrationJson.Default.Calibration) + "\n";
}

/// <summary>How it becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Calibration))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
