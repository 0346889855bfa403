using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptycho.Samples.LargeField.Reports;

/// <summary>What summary.json holds.</summary>
/// <param name="Field">The field in words.</param>
/// <param name="Size">Its side, pixels.</param>
/// <param name="Overlap">Overlap of neighbouring probe windows, percent.</param>
/// <param name="Patterns">Frames.</param>
/// <param name="Preset">The solver's preset.</param>
/// <param name="Seed">The seed.</param>
/// <param name="PeakMegabytes">The largest resident memory of the whole program.</param>
/// <param name="Rows">One a method.</param>
internal sealed record FieldSummary(
    string Field,
    int Size,
    int Overlap,
    int Patterns,
    string Preset,
    ulong Seed,
    double PeakMegabytes,
    IReadOnlyList<FieldRow> Rows
)
{
    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.Default.FieldSummary) + "\n";
}

/// <summary>How the summary becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FieldSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
