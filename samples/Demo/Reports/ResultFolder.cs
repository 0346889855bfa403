using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.Samples.Demo.Methods;

namespace Ptycho.Samples.Demo.Reports;

/// <summary>
/// The files of a run. Each is written whole or not at all, and summary.json last: where it is, everything is, and of
/// one run.
/// </summary>
internal static class ResultFolder
{
    public const string Summary = "summary.json";
    public const string Crops = "crops.json";
    public const string Sheet = "comparison.png";
    public const string Reconstructions = "reconstructions";

    public static void Write(string folder, IReadOnlyList<MethodRun> runs)
    {
        var summary = Path.Combine(folder, Summary);
        File.Delete(summary);
        var reconstructions = Directory.CreateDirectory(Path.Combine(folder, Reconstructions));
        foreach (var scene in runs.GroupBy(run => run.Scene))
            NpzFile.Write(
                Path.Combine(reconstructions.FullName, scene.Key.Name + ".npz"),
                scene
                    .Select(run => KeyValuePair.Create(run.Method, run.Object))
                    .Prepend(KeyValuePair.Create("truth", scene.Key.Truth))
                    .ToDictionary(pair => pair.Key, pair => NumericArray.FromComplexField(pair.Value))
            );
        PngFile.Write(Path.Combine(folder, Sheet), ComparisonSheet.Draw(runs));
        AtomicFile.WriteAllText(Path.Combine(folder, Crops), ReportJson.Text([.. runs.Select(CropRow.Of)]));
        AtomicFile.WriteAllText(summary, ReportJson.Text(SummaryRow.Of(runs)));
    }
}
