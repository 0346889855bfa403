using System.Runtime.InteropServices;

namespace Ptycho.Physics.Scans;

/// <summary>
/// Where a window lies on the object: the object pixel, fractions allowed, under the window's first pixel [0, 0].
/// </summary>
/// <param name="Row">Row (y), pixels.</param>
/// <param name="Column">Column (x), pixels.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScanPosition(double Row, double Column)
{
    /// <summary>Whether both coordinates are whole numbers, so that no sub-pixel shift of the probe is needed.</summary>
    public bool IsWhole => Math.Floor(Row) == Row && Math.Floor(Column) == Column;

    /// <summary>
    /// The nearest whole pixel, ⌊x + ½⌋ on each axis, on which the window is cut; the rest, in [−½, ½), is what the
    /// probe is shifted by.
    /// </summary>
    public (int Row, int Column) WholePixel => ((int)Math.Floor(Row + 0.5), (int)Math.Floor(Column + 0.5));

    /// <summary>The shift of the probe in pixels, position − <see cref="WholePixel"/>, each in [−½, ½).</summary>
    public (double Row, double Column) Fraction => (Row - WholePixel.Row, Column - WholePixel.Column);
}
