using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>The object of a report as a sheet: magnitude above, phase below.</summary>
internal static class ObjectFigure
{
    /// <summary>Objects are enlarged, by whole factors, to at least so many pixels on the longer side.</summary>
    private const int ShownSide = 256;

    /// <summary>Objects with shorter sides are drawn twice as large at least.</summary>
    private const int SmallSide = 320;

    public static FigureSheet Of(ReconstructionReport report)
    {
        var view = new ObjectView(report, whole: true);
        var found = view.After;
        (string Name, ComplexField Field)[] columns = view.Before is { } before
            ? [(report.BeforeName, before), (report.Result.Solver, found)]
            : [(report.Result.Solver, found)];
        var phases = view.Phases is { } weak ? ColorBar.Linear(ColorMap.Viridis, weak, "rad") : ColorBar.Phase("rad");
        var bar = LengthBar.For(found.Width, report.ObjectPixel?.Width);
        var side = Math.Max(found.Height, found.Width);
        return new FigureSheet(
            [.. columns.Select(column => column.Name)],
            [
                new FigureRow(
                    "magnitude",
                    [
                        .. columns.Select(
                            (column, i) =>
                                new FigurePanel(FieldImage.Magnitude(column.Field, view.Magnitudes))
                                {
                                    ScaleBar = i == 0 ? bar : null,
                                }
                        ),
                    ],
                    ColorBar.Linear(ColorMap.Gray, view.Magnitudes)
                ),
                new FigureRow(
                    "phase",
                    [
                        .. columns.Select(column => new FigurePanel(
                            FieldImage.Phase(column.Field, 0, phases.Map, phases.Range)
                        )),
                    ],
                    phases
                ),
            ]
        )
        {
            Title = report.Title,
            Footnote = string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Result.Solver}: residual {report.Result.Residual:F4}"
            ),
            Enlargement = Math.Max(side < SmallSide ? 2 : 1, ShownSide / side),
        };
    }
}
