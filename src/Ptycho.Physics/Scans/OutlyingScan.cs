namespace Ptycho.Physics.Scans;

/// <summary>
/// Positions far from all others: further from the median, on an axis, than ten times the median distance from it and
/// than twice the distance that nine of ten keep, plus a window. A raster's outermost positions lie at twice the median
/// distance.
/// </summary>
internal sealed class OutlyingScan
{
    private readonly double _row;
    private readonly double _column;
    private readonly double _rowReach;
    private readonly double _columnReach;

    private OutlyingScan((double Middle, double Reach) rows, (double Middle, double Reach) columns) =>
        ((_row, _rowReach), (_column, _columnReach)) = (rows, columns);

    /// <param name="positions">The scan; positions that are not finite do not count.</param>
    /// <param name="windowHeight">Rows of a window.</param>
    /// <param name="windowWidth">Columns of a window.</param>
    /// <param name="fitted">Whether the object's size follows from the positions; if not, none is outlying.</param>
    public static OutlyingScan Find(
        IReadOnlyList<ScanPosition> positions,
        int windowHeight,
        int windowWidth,
        bool fitted = true
    ) =>
        fitted
            ? new(
                Axis([.. positions.Select(p => p.Row).Where(double.IsFinite)], windowHeight),
                Axis([.. positions.Select(p => p.Column).Where(double.IsFinite)], windowWidth)
            )
            : new((0, double.PositiveInfinity), (0, double.PositiveInfinity));

    public bool Contains(ScanPosition position) =>
        Math.Abs(position.Row - _row) > _rowReach || Math.Abs(position.Column - _column) > _columnReach;

    /// <summary>How far out a position is, in units of the reach.</summary>
    public double Distance(ScanPosition position) =>
        Math.Max(Math.Abs(position.Row - _row) / _rowReach, Math.Abs(position.Column - _column) / _columnReach);

    private static (double Middle, double Reach) Axis(double[] values, int window)
    {
        if (values.Length == 0)
            return (0, double.PositiveInfinity);
        Array.Sort(values);
        var middle = values[values.Length / 2];
        var distances = values.Select(v => Math.Abs(v - middle)).Order().ToArray();
        return (middle, Math.Max(10 * distances[values.Length / 2], 2 * distances[9 * values.Length / 10]) + window);
    }
}
