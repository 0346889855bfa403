using Ptycho.Physics.Measurements;
using Ptycho.Samples.SiemensStar.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.SiemensStar.Reports;

/// <summary>All that was reconstructed.</summary>
/// <param name="Measurement">All frames.</param>
/// <param name="Rpie">By rPIE.</param>
/// <param name="Likelihood">By maximum likelihood.</param>
/// <param name="Parts">Halves and a quarter, or null.</param>
internal sealed record StarComparison(
    Measurement Measurement,
    ReconstructionResult Rpie,
    ReconstructionResult Likelihood,
    FrameParts? Parts
)
{
    public ScannedArea Area => ScannedArea.Of(Measurement);
}
