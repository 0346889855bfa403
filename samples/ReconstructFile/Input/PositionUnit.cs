namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>The unit of positions in a text or NumPy file.</summary>
internal enum PositionUnit
{
    /// <summary>Pixels of the object: (row, column) of each window's first pixel, any origin.</summary>
    Pixels,

    /// <summary>Metres of the stage, (y, x); the geometry turns them into pixels.</summary>
    Metres,
}
