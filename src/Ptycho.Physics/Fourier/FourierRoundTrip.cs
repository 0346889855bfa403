using System.Runtime.CompilerServices;

namespace Ptycho.Physics.Fourier;

/// <summary>
/// To the far field and back, unscaled both ways, in three passes over memory instead of seven: the field is made, the
/// far field changed, and the result used, while the columns at hand are in the first cache. Owns scratch memory: not
/// for two threads at once; no call allocates.
/// </summary>
internal sealed unsafe class FourierRoundTrip
{
    private readonly LineTransform _columns;
    private readonly LineTransform _rows;
    private readonly AlignedBuffer _a;
    private readonly AlignedBuffer _b;
    private readonly AlignedBuffer _lines;
    private readonly int _stride;
    private readonly bool _wide;

    /// <param name="columns">The transform along the height.</param>
    /// <param name="rows">The transform along the width.</param>
    /// <param name="wide">Whether vectors have 512 bits.</param>
    public FourierRoundTrip(LineTransform columns, LineTransform rows, bool wide)
    {
        (_columns, _rows, _wide) = (columns, rows, wide);
        var work = checked(2 * Lanes16.Count * Math.Max(columns.WorkLength, rows.WorkLength));
        _a = new AlignedBuffer(work);
        _b = new AlignedBuffer(work);
        _stride = OddLines(columns.Length);
        _lines = new AlignedBuffer(checked(2 * rows.Length * _stride));
    }

    /// <summary>Takes a field there and back.</summary>
    public void Run<TTrip>(ref TTrip trip)
        where TTrip : struct, IRoundTrip
    {
        if (_wide)
            Run<TTrip, Lanes16>(ref trip);
        else
            Run<TTrip, Lanes8>(ref trip);
        GC.KeepAlive(this);
    }

    // Between the passes the field lies transposed: line c holds what was column c.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TTrip, T>(ref TTrip trip)
        where TTrip : struct, IRoundTrip
        where T : unmanaged, ILanes<T>
    {
        var (height, width) = (_columns.Length, _rows.Length);
        var lines = Planes.Of(_lines, (nint)width * _stride);
        var block = Planes.Of(_b, (nint)_columns.WorkLength * T.Count);
        for (var column = 0; column < width; column += T.Count)
        {
            var count = Math.Min(T.Count, width - column);
            trip.Read<T>(column, count, block);
            var y = _columns.Run<T>(block, T.Count, _a, _b, Planes.None, 0);
            StoreLines<T>(y, height, count, lines + (nint)column * _stride, _stride);
        }

        for (var row = 0; row < height; row += T.Count)
        {
            var y = _rows.Run<T>(lines + row, _stride, _a, _b, Planes.None, 0);
            trip.Change<T>(row, Math.Min(T.Count, height - row), y);
            // The first stage must not write where it reads.
            var (first, second) = y.Re == _a.Pointer || y.Im == _a.Pointer ? (_b, _a) : (_a, _b);
            _rows.Run<T>(y.Exchanged, T.Count, first, second, (lines + row).Exchanged, _stride);
        }

        for (var column = 0; column < width; column += T.Count)
        {
            var count = Math.Min(T.Count, width - column);
            LoadLines<T>(lines + (nint)column * _stride, _stride, height, count, block);
            var y = _columns.Run<T>(block.Exchanged, T.Count, _a, _b, Planes.None, 0).Exchanged;
            trip.Write<T>(column, count, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreLines<T>(Planes block, int length, int count, Planes lines, nint stride)
        where T : unmanaged, ILanes<T>
    {
        var start = 0;
        var one = T.Broadcast(1);
        if (count == T.Count)
            for (; start <= length - T.Count; start += T.Count)
            {
                T.Transpose(block.Re + (nint)start * T.Count, T.Count, lines.Re + start, stride, one);
                T.Transpose(block.Im + (nint)start * T.Count, T.Count, lines.Im + start, stride, one);
            }

        for (var c = 0; c < count; c++)
        for (nint e = start; e < length; e++)
        {
            lines.Re[c * stride + e] = block.Re[e * T.Count + c];
            lines.Im[c * stride + e] = block.Im[e * T.Count + c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadLines<T>(Planes lines, nint stride, int length, int count, Planes block)
        where T : unmanaged, ILanes<T>
    {
        var start = 0;
        var one = T.Broadcast(1);
        if (count == T.Count)
            for (; start <= length - T.Count; start += T.Count)
            {
                T.Transpose(lines.Re + start, stride, block.Re + (nint)start * T.Count, T.Count, one);
                T.Transpose(lines.Im + start, stride, block.Im + (nint)start * T.Count, T.Count, one);
            }

        for (nint e = start; e < length; e++)
        for (var c = 0; c < T.Count; c++)
        {
            block.Re[e * T.Count + c] = c < count ? lines.Re[c * stride + e] : 0;
            block.Im[e * T.Count + c] = c < count ? lines.Im[c * stride + e] : 0;
        }
    }

    // Rows an odd number of cache lines apart, so that a column does not crowd into a few sets of the cache. The last
    // vector of a row may reach into what pads it.
    private static int OddLines(int length) =>
        checked(((length + Lanes16.Count - 1) / Lanes16.Count | 1) * Lanes16.Count);
}
