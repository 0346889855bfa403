namespace Ptycho.Physics.Scans;

/// <summary>The unit of positions in a file.</summary>
public enum PositionUnit
{
    /// <summary>Pixels of the object: (row, column) of each window's first pixel, any origin.</summary>
    Pixels,

    /// <summary>Metres of the stage, (y, x).</summary>
    Metres,

    /// <summary>Millimetres of the stage, (y, x).</summary>
    Millimetres,

    /// <summary>Micrometres of the stage, (y, x).</summary>
    Micrometres,

    /// <summary>Nanometres of the stage, (y, x).</summary>
    Nanometres,
}
