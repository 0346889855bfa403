using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Posterior;

/// <summary>A field whose rows have room for one pixel beyond each side.</summary>
internal sealed unsafe class BorderedPlanes(int height, int width)
{
    private readonly int _stride = Kernel.Padded(width + 1) + Kernel.Padding;
    private readonly AlignedBuffer _buffer = new(checked(2 * height * (Kernel.Padded(width + 1) + Kernel.Padding)));

    /// <summary>Pixel 0 of a row; rows beyond the first and the last are these.</summary>
    /// <param name="plane">0 for the real part, 1 for the imaginary.</param>
    /// <param name="row">The row, from −1 to the height.</param>
    public float* Row(int plane, int row) =>
        _buffer.Pointer + (nint)(plane * height + Math.Clamp(row, 0, height - 1)) * _stride + Kernel.Padding;

    public void Clear() => _buffer.Span.Clear();
}
