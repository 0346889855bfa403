using System.Diagnostics;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.Samples.LargeField.Commands;
using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Scenes;

namespace Ptycho.Samples.LargeField.Reports;

/// <summary>
/// The files of a run. Each is written whole or not at all, and summary.json last: where it is, everything is, and of
/// one run.
/// </summary>
internal static class ResultFolder
{
    public const string Summary = "summary.json";
    public const string Sheet = "field.png";
    public const string Arrays = "field.npz";

    public static void Write(LargeFieldSettings settings, FieldScene scene, IReadOnlyList<FieldRun> runs)
    {
        var summary = Path.Combine(settings.Output, Summary);
        File.Delete(summary);
        NpzFile.Write(
            Path.Combine(settings.Output, Arrays),
            runs.Select(run => KeyValuePair.Create(run.Method, run.Object))
                .Prepend(KeyValuePair.Create("truth", scene.Truth))
                .ToDictionary(pair => pair.Key, pair => NumericArray.FromComplexField(pair.Value))
        );
        PngFile.Write(Path.Combine(settings.Output, Sheet), FieldSheet.Draw(scene, runs));
        using var process = Process.GetCurrentProcess();
        AtomicFile.WriteAllText(
            summary,
            new FieldSummary(
                scene.Description,
                settings.Size,
                settings.Overlap,
                scene.Measurement.Positions.Count,
                settings.Preset.ToString(),
                settings.Seed,
                Math.Round(process.PeakWorkingSet64 / 1e6),
                [.. runs.Select(FieldRow.Of)]
            ).ToJson()
        );
    }
}
