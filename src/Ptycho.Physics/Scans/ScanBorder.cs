namespace Ptycho.Physics.Scans;

/// <summary>What is done with windows that leave the object.</summary>
public enum ScanBorder
{
    /// <summary>They stay and overhang; the object is 0 outside. Those that do not touch it at all are dropped.</summary>
    Overhang,

    /// <summary>They are moved inwards until they lie inside. Right for simulations alone.</summary>
    Clamp,

    /// <summary>They are dropped, and their frames must be dropped with them.</summary>
    Crop,
}
