using System.Runtime.InteropServices;
using Ptycho.IO;

namespace Ptycho.Solvers.Annealing;

/// <summary>Where an annealed run stands.</summary>
/// <param name="Step">Levels done.</param>
/// <param name="Total">Levels in all.</param>
/// <param name="Level">The schedule's level just done.</param>
/// <param name="Sigma">Its noise-to-signal ratio σ.</param>
/// <param name="Residual">The residual after it, as in <see cref="AnnealedLevel"/>.</param>
/// <param name="Preview">
/// The chains' mean so far where <see cref="AnnealedOptions.PreviewEvery"/> asks for one, else null; the receiver's.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AnnealedProgress(
    int Step,
    int Total,
    int Level,
    double Sigma,
    double Residual,
    ComplexField? Preview = null
);
