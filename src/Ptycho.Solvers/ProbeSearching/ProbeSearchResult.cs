using Ptycho.Physics.Probes;

namespace Ptycho.Solvers.ProbeSearching;

/// <summary>What <see cref="ProbeSearch"/> found.</summary>
/// <param name="Probe">
/// The best trial's probe as its sweeps left it, with the mean light of all frames: a start for a solver that refines it.
/// </param>
/// <param name="Best">The best trial.</param>
/// <param name="Trials">All of them, in the order in which they were made.</param>
public sealed record ProbeSearchResult(Probe Probe, ProbeTrial Best, IReadOnlyList<ProbeTrial> Trials);
