using System.Text.Json;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>posterior.json: the rows of the solvers with a prior, and of AWF and rPIE beside them, over enough crops.</summary>
internal sealed record PosteriorDocument(
    string Command,
    PriorFileNote Prior,
    SeedNote Seeds,
    IReadOnlyDictionary<string, string> Versions,
    Machine Machine,
    IReadOnlyDictionary<string, JsonElement> Options,
    IReadOnlyList<PosteriorRow> Rows
)
{
    /// <summary>Crops that a row needs; DPS, which costs the most, is reported with what it has.</summary>
    public const int FewestCrops = 20;

    public static PosteriorDocument Of(ResultsDocument results) =>
        new(
            results.Command,
            results.Prior,
            results.Seeds,
            results.Versions,
            results.Machine,
            results
                .Options.Where(option => !MethodNames.UsesUNet(option.Key))
                .ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal),
            [.. Chosen(results.Rows).Select(PosteriorRow.Of)]
        );

    /// <summary>The rows that have enough crops; the same conditions may stand in several tables.</summary>
    internal static IEnumerable<Row> Chosen(IEnumerable<Row> rows) =>
        rows.Where(row => !MethodNames.UsesUNet(row.Method))
            .Where(row => row.N >= FewestCrops || row.Method is MethodNames.Dps or MethodNames.Best)
            .DistinctBy(row => (row.Probe, row.Scan, row.Overlap, row.PeakCounts, row.Method));

    public string ToJson() => JsonSerializer.Serialize(this, JsonOutput.Indented) + "\n";
}

/// <summary>One row of posterior.json.</summary>
internal sealed record PosteriorRow(
    string Probe,
    string Scan,
    int Overlap,
    double PeakCounts,
    string Method,
    int N,
    double NrmseMean,
    double NrmseStd,
    double SsimMean,
    double SsimStd,
    double NetworkEvaluations,
    double Seconds
)
{
    public static PosteriorRow Of(Row row) =>
        new(
            row.Probe,
            row.Scan,
            row.Overlap,
            row.PeakCounts,
            row.Method,
            row.N,
            row.NrmseMean,
            row.NrmseStd,
            row.SsimMean,
            row.SsimStd,
            row.NetworkEvaluations,
            row.Seconds
        );
}
