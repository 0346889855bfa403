using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptycho.Samples.Demo.Reports;

/// <summary>How reports become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<SummaryRow>))]
[JsonSerializable(typeof(IReadOnlyList<CropRow>))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static string Text(IReadOnlyList<SummaryRow> rows) =>
        JsonSerializer.Serialize(rows, Default.IReadOnlyListSummaryRow) + "\n";

    public static string Text(IReadOnlyList<CropRow> rows) =>
        JsonSerializer.Serialize(rows, Default.IReadOnlyListCropRow) + "\n";
}
