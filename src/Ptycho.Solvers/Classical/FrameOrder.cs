namespace Ptycho.Solvers.Classical;

/// <summary>The order in which a sequential solver visits the frames.</summary>
public enum FrameOrder
{
    /// <summary>A new random order every sweep, by the seed.</summary>
    Random,

    /// <summary>0, 1, 2, … in every sweep.</summary>
    Sequential,
}
