namespace Ptycho.Physics.Scans;

/// <summary>Positions as a file has them.</summary>
/// <param name="Positions">(row, column) or (y, x), one for each frame, in the file's unit.</param>
/// <param name="Unit">The unit that the file's heading names, or null where it names none.</param>
/// <param name="Notes">Which columns were taken and why, where the file has more than a row and a column.</param>
public sealed record PositionTable(
    IReadOnlyList<ScanPosition> Positions,
    PositionUnit? Unit,
    IReadOnlyList<string> Notes
);
