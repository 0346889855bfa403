using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.OrientationSearching;

/// <summary>One orientation that <see cref="OrientationSearch"/> tried.</summary>
/// <param name="Orientation">What was done to the positions.</param>
/// <param name="Residual">Relative amplitude residual after the trial's sweeps; infinite where they diverged.</param>
public sealed record OrientationTrial(ScanOrientation Orientation, double Residual);
