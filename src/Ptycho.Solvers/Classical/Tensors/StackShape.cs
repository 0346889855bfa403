using System.Globalization;
using System.Runtime.InteropServices;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// What must be the same for measurements to be stacked, the frames held out included; each may have its own positions,
/// probe and mask.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StackShape(
    int Frames,
    int Height,
    int Width,
    int Modes,
    int Rows,
    int Columns,
    string HeldOut
)
{
    public static StackShape Of(Measurement m, FrameSplit split) =>
        new(
            m.Data.FrameCount,
            m.Data.Height,
            m.Data.Width,
            m.Probe.ModeCount,
            m.ObjectHeight,
            m.ObjectWidth,
            string.Join(',', split.HeldOut.Select(k => k.ToString(CultureInfo.InvariantCulture)))
        );
}
