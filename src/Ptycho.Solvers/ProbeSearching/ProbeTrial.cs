using Ptycho.Physics.Probes;

namespace Ptycho.Solvers.ProbeSearching;

/// <summary>One start that <see cref="ProbeSearch"/> tried.</summary>
/// <param name="Curvature">Of the far field's phase; see <see cref="FarFieldProbe.Create"/>.</param>
/// <param name="Diameter">Of the disc that holds 90 % of the start's light, pixels.</param>
/// <param name="Residual">
/// Relative amplitude residual after the trial's sweeps; infinite where they diverged.
/// </param>
public sealed record ProbeTrial(double Curvature, double Diameter, double Residual);
