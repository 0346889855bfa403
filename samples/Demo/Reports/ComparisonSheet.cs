using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Samples.Demo.Methods;
using Ptycho.Samples.Demo.Scenes;

namespace Ptycho.Samples.Demo.Reports;

/// <summary>The truth and what every method made of the measurement: magnitude and phase, for some crops.</summary>
internal static class ComparisonSheet
{
    private const int CropsAtEachOverlap = 2;
    private const int ScaleBarPixels = 32;
    private static readonly ValueRange Magnitudes = new(0, 1.4);

    public static RgbImage Draw(IReadOnlyList<MethodRun> runs)
    {
        var scenes = runs.GroupBy(run => run.Scene)
            .GroupBy(scene => scene.Key.Overlap)
            .SelectMany(overlap => overlap.Take(CropsAtEachOverlap))
            .ToArray();
        return new FigureSheet(["Truth", .. scenes[0].Select(run => run.Method)], [.. scenes.SelectMany(Rows)])
        {
            Title = "Ptychographic reconstructions of blood smears from simulated diffraction patterns",
            Footnote =
                "Probe H, 32×32 pixels; at most 10⁵ counts in a pixel. NRMSE and phase error (rms): global phase free, "
                + "full frame. SSIM: magnitudes.\nBold: the lowest error. The objects are of the test half, "
                + "on which no prior was trained.",
        }.Render();
    }

    private static IEnumerable<FigureRow> Rows(IGrouping<DemoScene, MethodRun> runs)
    {
        var (scene, bestNrmse, bestPhase) = (runs.Key, runs.Min(r => r.Nrmse), runs.Min(r => r.PhaseError));
        var title = $"{scene.Overlap} % overlap, crop {scene.Crop}";
        yield return new FigureRow(
            title,
            [
                Magnitude(scene.Truth) with
                {
                    Caption = $"{scene.Measurement.Positions.Count} patterns",
                    ScaleBar = new ScaleBar(ScaleBarPixels, $"{ScaleBarPixels} px"),
                },
                .. runs.Select(run =>
                    Magnitude(run.Object) with
                    {
                        Caption = string.Create(
                            CultureInfo.InvariantCulture,
                            $"NRMSE {run.Nrmse:F3}  SSIM {run.Ssim:F3}"
                        ),
                        Emphasized = run.Nrmse == bestNrmse,
                    }
                ),
            ],
            ColorBar.Linear(ColorMap.Gray, Magnitudes, "magnitude")
        );
        yield return new FigureRow(
            "",
            [
                Phase(scene.Truth),
                .. runs.Select(run =>
                    Phase(run.Object) with
                    {
                        Caption = string.Create(CultureInfo.InvariantCulture, $"phase error {run.PhaseError:F3} rad"),
                        Emphasized = run.PhaseError == bestPhase,
                    }
                ),
            ],
            ColorBar.Phase("phase (rad)")
        );
    }

    private static FigurePanel Magnitude(ComplexField field) => new(FieldImage.Magnitude(field, Magnitudes));

    private static FigurePanel Phase(ComplexField field) => new(FieldImage.Phase(field));
}
