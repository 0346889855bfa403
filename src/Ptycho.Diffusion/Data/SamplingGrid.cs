namespace Ptycho.Diffusion.Data;

/// <summary>
/// An affine grid of positions in an image's pixel coordinates: output pixel (i, j) lies at row
/// Row + i·RowPerRow + j·RowPerColumn and column Column + i·ColumnPerRow + j·ColumnPerColumn.
/// </summary>
/// <param name="Row">Row of output pixel (0, 0).</param>
/// <param name="Column">Column of output pixel (0, 0).</param>
/// <param name="RowPerRow">Change of the row from one output row to the next.</param>
/// <param name="ColumnPerRow">Change of the column from one output row to the next.</param>
/// <param name="RowPerColumn">Change of the row from one output column to the next.</param>
/// <param name="ColumnPerColumn">Change of the column from one output column to the next.</param>
public readonly record struct SamplingGrid(
    double Row,
    double Column,
    double RowPerRow,
    double ColumnPerRow,
    double RowPerColumn,
    double ColumnPerColumn
)
{
    /// <summary>
    /// A square grid of size×size around a centre: turned by an angle, with neighbours a distance <paramref name="step"/>
    /// apart, and mirrored left to right on request.
    /// </summary>
    /// <param name="centreRow">Row of the square's centre, in pixels.</param>
    /// <param name="centreColumn">Column of the square's centre, in pixels.</param>
    /// <param name="size">Output pixels on a side.</param>
    /// <param name="angle">Rotation in radians.</param>
    /// <param name="step">Image pixels per output pixel, 1/magnification.</param>
    /// <param name="mirror">Whether the columns run the other way.</param>
    public static SamplingGrid Square(
        double centreRow,
        double centreColumn,
        int size,
        double angle,
        double step,
        bool mirror
    )
    {
        var (sine, cosine) = Math.SinCos(angle);
        var sign = mirror ? -1 : 1;
        var (rowPerRow, columnPerRow) = (step * cosine, step * sine);
        var (rowPerColumn, columnPerColumn) = (-sign * step * sine, sign * step * cosine);
        var half = (size - 1) / 2.0;
        return new SamplingGrid(
            centreRow - half * (rowPerRow + rowPerColumn),
            centreColumn - half * (columnPerRow + columnPerColumn),
            rowPerRow,
            columnPerRow,
            rowPerColumn,
            columnPerColumn
        );
    }

    /// <summary>The position (row, column) of output pixel (i, j).</summary>
    public (double Row, double Column) At(int i, int j) =>
        (Row + i * RowPerRow + j * RowPerColumn, Column + i * ColumnPerRow + j * ColumnPerColumn);
}
