using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>A scan whose positions are corrected.</summary>
internal interface IMovableScan
{
    /// <summary>With the positions as they were measured.</summary>
    public Measurement Measurement { get; }

    /// <summary>The frames that a solver may use, rising.</summary>
    public int[] Used { get; }

    public ReadOnlySpan<ScanPosition> Positions { get; }

    /// <summary>Moves a frame, unless it would leave the object.</summary>
    public void Move(int frame, ScanPosition position);
}
