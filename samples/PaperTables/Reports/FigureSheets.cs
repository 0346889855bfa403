using System.Globalization;
using System.Numerics;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>The paper's Figures 2 and 3: one crop by method and overlap, magnitude and phase, on probe H.</summary>
internal static class FigureSheets
{
    private static readonly string[] Methods =
    [
        MethodNames.Rpie,
        MethodNames.Awf,
        MethodNames.UNet,
        MethodNames.Dps,
        MethodNames.Default,
    ];

    private static readonly (string File, string Title, int[] Overlaps)[] Sheets =
    [
        ("figure2.png", "High overlap (Figure 2 of the paper)", [74, 66, 62]),
        ("figure3.png", "Low overlap (Figure 3 of the paper)", [50, 44, 38, 20]),
        ("figure3-beyond.png", "Below the paper's lowest overlap", [10, 0]),
    ];

    private static readonly ValueRange Magnitudes = new(0, 1.4);

    /// <summary>The reconstructions shown.</summary>
    public static IEnumerable<Cell> Cells => Sheets.SelectMany(sheet => sheet.Overlaps.SelectMany(CellsAt));

    /// <summary>Files of the sheets, in the paper's order.</summary>
    public static IEnumerable<string> Files => Sheets.Select(sheet => sheet.File);

    /// <summary>Draws the sheets; a method whose file is missing leaves its place empty.</summary>
    public static void Write(Workbench bench)
    {
        var laboratory = new Laboratory(bench.Settings.Objects, bench.Settings.CropSeed);
        foreach (var (file, title, overlaps) in Sheets)
        {
            var methods = MethodsAt(overlaps[0]);
            var rows = overlaps.SelectMany(overlap => Rows(bench, laboratory, overlap)).ToArray();
            var sheet = new FigureSheet(["Truth", .. methods], rows)
            {
                Title = title,
                Footnote =
                    $"Test crop {PictureStore.Crop}, probe H, clamped raster, at most 1e5 counts in a pixel. "
                    + "Bold: the lowest error. Default is the annealed solver.",
            };
            PngFile.Write(Path.Combine(bench.Settings.Output, file), sheet.Render());
        }
    }

    /// <summary>Nobody trains a U-Net below the paper's lowest overlap.</summary>
    private static string[] MethodsAt(int overlap) =>
        [.. Methods.Where(method => method != MethodNames.UNet || Plan.PaperOverlaps.Contains(overlap))];

    private static IEnumerable<Cell> CellsAt(int overlap) =>
        MethodsAt(overlap)
            .Select(method => new Cell(
                new Scene(Probes.H, Scans.Raster, overlap, StandardSimulation.PeakCounts),
                method,
                PictureStore.Crop
            ));

    private static IEnumerable<FigureRow> Rows(Workbench bench, Laboratory laboratory, int overlap)
    {
        var truth = laboratory.Measure(CellsAt(overlap).First().Scene, PictureStore.Crop).Truth;
        var found = CellsAt(overlap)
            .Select(cell => (Result: bench.Find(cell), Object: Object(bench, cell, truth)))
            .ToArray();
        var best = found.Min(f => f.Result?.Nrmse);
        yield return new FigureRow(
            $"{overlap} % overlap",
            [
                new FigurePanel(FieldImage.Magnitude(truth, Magnitudes)),
                .. found.Select(f =>
                    f is { Result: { } result, Object: { } field }
                        ? new FigurePanel(FieldImage.Magnitude(field, Magnitudes))
                        {
                            Caption = Text($"NRMSE {result.Nrmse:F3}  SSIM {result.Ssim:F3}"),
                            Emphasized = result.Nrmse == best,
                        }
                        : null
                ),
            ],
            ColorBar.Linear(ColorMap.Gray, Magnitudes, "magnitude")
        );
        yield return new FigureRow(
            "",
            [
                new FigurePanel(FieldImage.Phase(truth)),
                .. found.Select(f =>
                    f is { Result: { } result, Object: { } field }
                        ? new FigurePanel(FieldImage.Phase(field))
                        {
                            Caption = Text($"phase error {result.PhaseError:F3} rad"),
                        }
                        : null
                ),
            ],
            ColorBar.Phase("phase (rad)")
        );
    }

    /// <summary>The reconstruction turned to the truth's global phase, or null where there is none.</summary>
    private static ComplexField? Object(Workbench bench, Cell cell, ComplexField truth)
    {
        if (bench.Find(cell) is not { } result || !bench.Pictures.Has(cell, result.Fingerprint))
            return null;
        var found = bench.Pictures.Read(cell, result.Fingerprint);
        Complex phase = ReconstructionMetrics.GlobalPhase(found, truth);
        for (var row = 0; row < found.Height; row++)
        for (var column = 0; column < found.Width; column++)
            found[row, column] *= phase;
        return found;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
