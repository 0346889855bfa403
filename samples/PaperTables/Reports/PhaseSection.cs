using System.Globalization;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>The check for what an SSIM of magnitudes hides.</summary>
internal static class PhaseSection
{
    public static string Of(Findings findings)
    {
        var rows = findings.Rows.Where(row => row.Table == Tables.One && row.Probe == Probes.H).ToArray();
        if (rows.Length == 0)
            return "";
        var methods = rows.Select(row => row.Method).Distinct(StringComparer.Ordinal).ToArray();
        var table = new MarkdownTable(["overlap %", .. methods]);
        foreach (var overlap in rows.GroupBy(row => row.Overlap).OrderBy(group => group.Key))
            table.Add([
                Text($"{overlap.Key}"),
                .. methods.Select(method =>
                    overlap.FirstOrDefault(row => row.Method == method) is { } row
                        ? Text($"{row.PhaseFlags}/{row.N}")
                        : MarkdownTable.None
                ),
            ]);
        return $"""
            Crops with a phase ramp or step, of all; flagged is a {PhaseShape.Rule}. Ramp: the change of the best linear phase
            over the field. Step: the largest phase difference of neighbouring 32×32 blocks.

            {table}
            """;
    }

    /// <summary>Default on probe H, crop by crop.</summary>
    public static string EveryCrop(Findings findings)
    {
        var table = new MarkdownTable(
            "overlap %",
            "crop",
            "NRMSE",
            "SSIM",
            "phase error",
            "without ramp",
            "ramp",
            "slow",
            "step",
            "flag"
        );
        var crops = findings.Crops.Where(c =>
            c is { Probe: Probes.H, Scan: Scans.Raster, Method: MethodNames.Default, PeakCounts: 1e5 }
        );
        foreach (var c in crops.OrderBy(c => c.Overlap).ThenBy(c => c.Crop))
            table.Add(
                Text($"{c.Overlap}"),
                Text($"{c.Crop}"),
                Text($"{c.Nrmse:F3}"),
                Text($"{c.Ssim:F3}"),
                Text($"{c.PhaseError:F3}"),
                Text($"{c.PhaseErrorWithoutRamp:F3}"),
                Text($"{c.PhaseRamp:F3}"),
                Text($"{c.SlowPhase:F3}"),
                Text($"{c.PhaseStep:F3}"),
                c.PhaseFlag ? "**phase**" : ""
            );
        return table.IsEmpty ? "" : $"Phases in radians. Slow: rms phase of 16×16 blocks.\n\n{table}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
