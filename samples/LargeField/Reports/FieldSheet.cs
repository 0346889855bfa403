using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Scenes;

namespace Ptycho.Samples.LargeField.Reports;

/// <summary>The truth and what every method made of the measurement: magnitude, phase and error.</summary>
internal static class FieldSheet
{
    private const int ScaleBarPixels = 64;

    /// <summary>Fields up to this side are drawn twice as large.</summary>
    private const int SmallSide = 256;

    private static readonly ValueRange Magnitudes = new(0, 1.4);
    private static readonly ValueRange Errors = new(0, 0.3);

    public static RgbImage Draw(FieldScene scene, IReadOnlyList<FieldRun> runs) =>
        new FigureSheet(
            ["truth", .. runs.Select(run => Title(run))],
            [
                new FigureRow(
                    "magnitude",
                    [
                        new FigurePanel(FieldImage.Magnitude(scene.Truth, Magnitudes))
                        {
                            Caption = $"{scene.Measurement.Positions.Count} patterns",
                            ScaleBar = new ScaleBar(ScaleBarPixels, $"{ScaleBarPixels} px"),
                        },
                        .. runs.Select(run => new FigurePanel(FieldImage.Magnitude(run.Object, Magnitudes))
                        {
                            Caption = Text($"NRMSE {run.Nrmse:F3}  SSIM {run.Ssim:F3}"),
                        }),
                    ],
                    ColorBar.Linear(ColorMap.Gray, Magnitudes, "magnitude")
                ),
                new FigureRow(
                    "phase",
                    [
                        new FigurePanel(FieldImage.Phase(scene.Truth)),
                        .. runs.Select(run => new FigurePanel(FieldImage.Phase(run.Object))
                        {
                            Caption = Text($"phase error {run.PhaseError:F3} rad"),
                        }),
                    ],
                    ColorBar.Phase("phase (rad)")
                ),
                new FigureRow(
                    "error",
                    [
                        null,
                        .. runs.Select(run => new FigurePanel(
                            FieldImage.Magnitude(Difference(run.Object, scene.Truth), Errors, ColorMap.Viridis)
                        )
                        {
                            Caption = run.Seams is { } seams
                                ? Text($"border/interior error {seams.ErrorRatio:F2}\nsteps {seams.StepRatio:F2}")
                                : "",
                        }),
                    ],
                    ColorBar.Linear(ColorMap.Viridis, Errors, "|error|")
                ),
            ]
        )
        {
            Title = "A field larger than the prior's crops",
            Footnote =
                $"{scene.Description}.\nWindows: one data step on the whole field, the prior on overlapping windows. "
                + "Tiles: reconstructed apart, turned and blended.",
            Enlargement = scene.Truth.Height <= SmallSide ? 2 : 1,
        }.Render();

    private static string Title(FieldRun run) => run.Parts > 1 ? $"{run.Parts} {run.Method}" : run.Method;

    private static ComplexField Difference(ComplexField found, ComplexField truth)
    {
        var difference = found.Clone();
        for (var i = 0; i < truth.Length; i++)
        {
            difference.Real[i] -= truth.Real[i];
            difference.Imaginary[i] -= truth.Imaginary[i];
        }
        return difference;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
