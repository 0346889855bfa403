using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.FourierPtychography;

namespace Ptycho.Samples.FourierPtychography;

/// <summary>Draws what was recovered.</summary>
internal static class Pictures
{
    private static readonly ValueRange Magnitudes = new(0, 1.5);
    private static readonly ValueRange Phases = new(-1.5, 2);

    /// <summary>One object with its pupil; phases over the whole circle.</summary>
    public static void Write(string path, string name, FourierPtychographyResult result)
    {
        ComplexField[] fields = [result.Object, result.Pupil];
        var sheet = new FigureSheet(
            ["object", "pupil"],
            [
                new FigureRow(
                    "magnitude",
                    [.. fields.Select(f => new FigurePanel(FieldImage.Magnitude(f, Magnitudes)))],
                    ColorBar.Linear(ColorMap.Gray, Magnitudes)
                ),
                new FigureRow(
                    "phase",
                    [.. fields.Select(f => new FigurePanel(FieldImage.Phase(f)))],
                    ColorBar.Phase("rad")
                ),
            ]
        )
        {
            Title = $"{name}: amplitude error {Error(result)}",
            Enlargement = 1,
        };
        PngFile.Write(path, sheet.Render());
    }

    /// <summary>All objects side by side.</summary>
    public static void WriteOverview(
        string path,
        IReadOnlyList<(string Name, FourierPtychographyResult Result)> objects
    )
    {
        // 0.46125 µm a pixel: 108 pixels are 50 µm.
        var bar = new ScaleBar(108, "50 µm");
        var sheet = new FigureSheet(
            [.. objects.Select(o => o.Name)],
            [
                new FigureRow(
                    "magnitude",
                    [
                        .. objects.Select(o => new FigurePanel(FieldImage.Magnitude(o.Result.Object, Magnitudes))
                        {
                            ScaleBar = bar,
                        }),
                    ],
                    ColorBar.Linear(ColorMap.Gray, Magnitudes)
                ),
                new FigureRow(
                    "phase",
                    [
                        .. objects.Select(o => new FigurePanel(
                            FieldImage.Phase(o.Result.Object, map: ColorMap.Gray, range: Phases)
                        )
                        {
                            Caption = $"amplitude error {Error(o.Result)}",
                        }),
                    ],
                    ColorBar.Linear(ColorMap.Gray, Phases, "rad")
                ),
            ]
        )
        {
            Title = "Blood smears recovered from Fourier ptychography",
            Enlargement = 1,
        };
        PngFile.Write(path, sheet.Render());
    }

    private static string Error(FourierPtychographyResult result) =>
        result.AmplitudeErrors[^1].ToString("0.0000", CultureInfo.InvariantCulture);
}
