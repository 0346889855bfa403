namespace Ptycho.Physics.Scans;

/// <summary>
/// One of the eight ways in which the axes of a stage can lie to those of the frames: rows and columns of the positions
/// exchanged, then either negated.
/// </summary>
/// <param name="SwapAxes">Whether rows and columns are exchanged.</param>
/// <param name="FlipRows">Whether rows are negated, after the exchange.</param>
/// <param name="FlipColumns">Whether columns are negated, after the exchange.</param>
public readonly record struct ScanOrientation(bool SwapAxes, bool FlipRows, bool FlipColumns)
{
    /// <summary>All eight, the one that changes nothing first.</summary>
    public static IReadOnlyList<ScanOrientation> All { get; } =
    [
        .. from swap in new[] { false, true }
        from rows in new[] { false, true }
        from columns in new[] { false, true }
        select new ScanOrientation(swap, rows, columns),
    ];

    /// <summary>Whether it changes nothing.</summary>
    public bool IsIdentity => this == default;

    /// <summary>
    /// The same turned by 180°. Far fields cannot tell the two apart unless the probe can: the other has the object turned and
    /// conjugated, and the probe likewise.
    /// </summary>
    public ScanOrientation Twin => this with { FlipRows = !FlipRows, FlipColumns = !FlipColumns };

    /// <summary>A position turned.</summary>
    public ScanPosition Apply(ScanPosition position)
    {
        var (row, column) = SwapAxes ? (position.Column, position.Row) : (position.Row, position.Column);
        return new ScanPosition(FlipRows ? -row : row, FlipColumns ? -column : column);
    }

    /// <summary>"as they are", or what is done, such as "rows and columns exchanged, rows negated".</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (SwapAxes)
            parts.Add("rows and columns exchanged");
        if (FlipRows)
            parts.Add("rows negated");
        if (FlipColumns)
            parts.Add("columns negated");
        return parts.Count == 0 ? "as they are" : string.Join(", ", parts);
    }
}
