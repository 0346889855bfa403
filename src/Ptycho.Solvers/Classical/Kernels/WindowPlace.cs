using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>Where the rows of a window lie: from one row on some floats before their turn.</summary>
/// <param name="First">Its first pixel.</param>
/// <param name="Turn">The row.</param>
/// <param name="Back">The floats.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WindowPlace(Planes First, int Turn, nint Back)
{
    /// <summary>A window of a whole plane.</summary>
    public WindowPlace(Planes first)
        : this(first, int.MaxValue, 0) { }
}
