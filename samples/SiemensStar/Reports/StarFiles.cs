using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.SiemensStar.Reports;

/// <summary>The files of a run, each whole or not at all, and the summary last.</summary>
internal static class StarFiles
{
    public const string Picture = "star.png";
    public const string Arrays = "star.npz";
    public const string Summary = "summary.json";

    public static IReadOnlyCollection<string> Names { get; } = [Picture, Arrays, Summary];

    public static void Write(string folder, StarComparison comparison)
    {
        File.Delete(Path.Combine(folder, Summary));
        NpzFile.Write(Path.Combine(folder, Arrays), Collect(comparison));
        PngFile.Write(Path.Combine(folder, Picture), StarSheet.Draw(comparison));
        AtomicFile.WriteAllText(Path.Combine(folder, Summary), StarSummary.Of(comparison).ToJson());
    }

    private static Dictionary<string, NumericArray> Collect(StarComparison comparison)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal);
        Add(arrays, "rpie", comparison.Rpie);
        Add(arrays, "ml", comparison.Likelihood);
        if (comparison.Parts is not { } parts)
            return arrays;
        Add(arrays, "half1", parts.First);
        Add(arrays, "half2", parts.Second);
        Add(arrays, "quarter", parts.Quarter);
        return arrays;
    }

    private static void Add(Dictionary<string, NumericArray> arrays, string name, ReconstructionResult result)
    {
        arrays[$"{name}_object"] = NumericArray.FromComplexField(result.Object);
        arrays[$"{name}_probe"] = ReconstructionFiles.ToArray(result.Probe);
        arrays[$"{name}_residuals"] = NumericArray.Create<double>(
            result.ResidualHistory.ToArray(),
            result.ResidualHistory.Count
        );
        if (result.Positions is { } positions)
            arrays[$"{name}_positions"] = NumericArray.Create<double>(
                positions.SelectMany(p => new[] { p.Row, p.Column }).ToArray(),
                positions.Count,
                2
            );
    }
}
