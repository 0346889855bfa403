using System.Runtime.InteropServices;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Propagation;

/// <summary>
/// The rows of a window that lie on the object: offset in the object, offset in the window, length. For foreach.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct WindowRows
{
    private readonly int _objectStart;
    private readonly int _windowStart;
    private readonly int _objectWidth;
    private readonly int _windowWidth;
    private readonly int _length;
    private readonly int _count;
    private int _index;

    public WindowRows(ScanPosition position, Probe probe, int objectHeight, int objectWidth)
    {
        var (row, column) = position.WholePixel;
        var top = Math.Max(0, -row);
        var left = Math.Max(0, -column);
        _objectWidth = objectWidth;
        _windowWidth = probe.Width;
        _count = Math.Min(probe.Height, objectHeight - row) - top;
        _length = Math.Min(probe.Width, objectWidth - column) - left;
        _objectStart = (row + top) * objectWidth + column + left;
        _windowStart = top * probe.Width + left;
        _index = -1;
    }

    public readonly (int Object, int Window, int Length) Current =>
        (_objectStart + _index * _objectWidth, _windowStart + _index * _windowWidth, _length);

    public bool MoveNext() => ++_index < _count;

    public readonly WindowRows GetEnumerator() => this;
}
