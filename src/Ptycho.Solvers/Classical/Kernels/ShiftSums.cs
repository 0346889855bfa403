using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The normal equations of min_d Σ|χ − P(d·∇o)|² for the two components of a shift d; sums of frames' modes add.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShiftSums(
    double RowRow,
    double RowColumn,
    double ColumnColumn,
    double Row,
    double Column
)
{
    // A window without detail on one axis says nothing about its place there.
    private const double SmallestConditioning = 1e-6;

    public static ShiftSums operator +(ShiftSums a, ShiftSums b) =>
        new(
            a.RowRow + b.RowRow,
            a.RowColumn + b.RowColumn,
            a.ColumnColumn + b.ColumnColumn,
            a.Row + b.Row,
            a.Column + b.Column
        );

    /// <summary>The shift, or (0, 0) where it is not determined.</summary>
    public (double Row, double Column) Solve()
    {
        var determinant = RowRow * ColumnColumn - RowColumn * RowColumn;
        var trace = RowRow + ColumnColumn;
        if (!(determinant > SmallestConditioning * trace * trace))
            return (0, 0);
        return (
            (ColumnColumn * Row - RowColumn * Column) / determinant,
            (RowRow * Column - RowColumn * Row) / determinant
        );
    }
}
