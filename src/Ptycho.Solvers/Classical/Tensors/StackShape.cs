using System.Runtime.InteropServices;
using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>What must be the same for measurements to be stacked; each may have its own positions, probe and mask.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StackShape(int Frames, int Height, int Width, int Modes, int Rows, int Columns)
{
    public static StackShape Of(Measurement m) =>
        new(m.Data.FrameCount, m.Data.Height, m.Data.Width, m.Probe.ModeCount, m.ObjectHeight, m.ObjectWidth);
}
