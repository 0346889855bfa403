using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Reports;

namespace Ptycho.Samples.Shared.Results;

/// <summary>Magnitude and phase of a reconstruction, beside what it is compared with.</summary>
public static class ResultPicture
{
    /// <summary>Objects with shorter sides are drawn twice as large.</summary>
    private const int SmallSide = 320;

    public static RgbImage Draw(ReconstructionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var result = report.Result;
        var found = result.Object;
        var magnitudes = Enumerable.Range(0, found.Length).Select(i => double.Hypot(found.Real[i], found.Imaginary[i]));
        var sorted = magnitudes.Order().ToArray();
        var range = new ValueRange(0, Math.Max(1e-12, sorted[(int)(0.998 * (sorted.Length - 1))]));
        (string Name, ComplexField Field)[] columns = report.Before is { } before
            ? [(report.BeforeName, before), (result.Solver, found)]
            : [(result.Solver, found)];
        var zero = ReconstructionMetrics.GlobalPhase(found, ComplexField.Constant(found.Height, found.Width, 1));
        return new FigureSheet(
            [.. columns.Select(column => column.Name)],
            [
                new FigureRow(
                    "magnitude",
                    [.. columns.Select(column => new FigurePanel(FieldImage.Magnitude(column.Field, range)))],
                    ColorBar.Linear(ColorMap.Gray, range)
                ),
                new FigureRow(
                    "phase",
                    [
                        .. columns.Select(column => new FigurePanel(
                            FieldImage.Phase(
                                column.Field,
                                -(zero * ReconstructionMetrics.GlobalPhase(column.Field, found)).Phase
                            )
                        )),
                    ],
                    ColorBar.Phase("rad")
                ),
            ]
        )
        {
            Title = report.Title,
            Footnote = string.Create(CultureInfo.InvariantCulture, $"Residual {result.Residual:F4}"),
            Enlargement = Math.Max(found.Height, found.Width) < SmallSide ? 2 : 1,
        }.Render();
    }
}
