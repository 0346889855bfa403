using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>Where a classical solver stands after some of its iterations.</summary>
/// <param name="Object">The object so far.</param>
/// <param name="Probe">The probe so far, or null where it is known.</param>
/// <param name="Positions">The positions so far, or null where they are known.</param>
/// <param name="Residuals">The residual of every iteration done.</param>
/// <param name="Elapsed">Compute time so far.</param>
internal sealed record ClassicalState(
    ComplexField Object,
    Probe? Probe,
    ScanPattern? Positions,
    IReadOnlyList<double> Residuals,
    TimeSpan Elapsed
)
{
    /// <summary>Iterations done.</summary>
    public int Done => Residuals.Count;
}
