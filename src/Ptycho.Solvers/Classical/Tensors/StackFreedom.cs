using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>What of the experiments changes while they are reconstructed; then each object has its own.</summary>
/// <param name="Probes">Whether probes are refined.</param>
/// <param name="Shift">How far positions may move, pixels; 0 for fixed ones.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StackFreedom(bool Probes, double Shift)
{
    public static StackFreedom Of(ProbeRefinement? refinement, PositionCorrection? correction) =>
        new(refinement is not null, correction?.LargestShift ?? 0);

    /// <summary>Whether nothing changes.</summary>
    public bool IsNone => !Probes && Shift == 0;
}
