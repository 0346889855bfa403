using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// Rows of a plane in which frames add up a gradient. Where rows are used up and emptied in their order, the later ones
/// share a few places, which stay in the caches.
/// </summary>
internal sealed unsafe class GradientBand
{
    // 4 KiB: real and imaginary parts lie half a page apart, not in the same sets of the first cache.
    private const int Page = 1024;
    private readonly AlignedBuffer _buffer;
    private readonly int _plane;
    private readonly int _stride;
    private readonly int _first;
    private readonly int _own;
    private readonly int _shared;

    /// <param name="stride">Floats from row to row.</param>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="own">How many of them at the beginning have a place of their own.</param>
    /// <param name="shared">Places that the others take in turn.</param>
    public GradientBand(int stride, int first, int rows, int own, int shared)
    {
        (_stride, _first, _own) = (stride, first, Math.Min(own, rows));
        _shared = Math.Min(shared, rows - _own);
        _plane = checked(((_own + _shared) * stride + Page - 1) / Page * Page + Page / 2);
        _buffer = new AlignedBuffer(checked(2 * _plane));
    }

    /// <summary>Where a window lies whose first row is given, and its first column in the plane.</summary>
    public WindowPlace At(int row, int column)
    {
        var place = row - _first;
        if (place >= _own + _shared)
            place = _own + (place - _own) % _shared;
        var rows = Planes.Of(_buffer, _plane) + ((nint)place * _stride + column);
        return new WindowPlace(rows, _own + _shared - place, (nint)_shared * _stride);
    }

    /// <summary>Where all rows have a place of their own: where row 0, column 0 of the plane would lie.</summary>
    public Planes Plane => At(_first, 0).First + -(nint)_first * _stride;

    public void Clear() => _buffer.Span.Clear();
}
