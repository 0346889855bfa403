using Ptycho.Physics.Probes;

namespace Ptycho.Solvers.OrientationSearching;

/// <summary>What <see cref="OrientationSearch"/> found.</summary>
/// <param name="Best">The trial to go on with: that of the positions as they are unless another is clearly better.</param>
/// <param name="IsClear">
/// Whether every trial that is not the best one's twin (<see cref="Physics.Scans.ScanOrientation.Twin"/>) is worse by a tenth or
/// more. Where it is not, nothing can be said: too few frames or sweeps, a wrong probe, or positions in a wrong unit.
/// </param>
/// <param name="Trials">All of them, in the order in which they were made.</param>
/// <param name="Probe">The probe that was found with the best one, where it was searched for; else null.</param>
public sealed record OrientationSearchResult(
    OrientationTrial Best,
    bool IsClear,
    IReadOnlyList<OrientationTrial> Trials,
    Probe? Probe
);
