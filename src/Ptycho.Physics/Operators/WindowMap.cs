using Ptycho.Physics.Scans;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// Cuts windows out of objects and adds them back, by flat indices over the objects with a margin of zeros wide enough
/// for windows that overhang them. Indices are made from the windows' corners when they are needed: they would take
/// three times the memory of the windows.
/// </summary>
internal sealed class WindowMap
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _top;
    private readonly int _left;
    private readonly int _paddedHeight;
    private readonly int _paddedWidth;
    private readonly int _windowHeight;
    private readonly int _windowWidth;

    /// <param name="scans">All that are cut.</param>
    /// <param name="h">Rows of a window.</param>
    /// <param name="w">Its columns.</param>
    /// <param name="objectHeight">H.</param>
    /// <param name="objectWidth">W.</param>
    /// <param name="movable">Positions may move so far, pixels; 0 for fixed ones.</param>
    internal WindowMap(
        IReadOnlyList<ScanPattern> scans,
        int h,
        int w,
        int objectHeight,
        int objectWidth,
        double movable = 0
    )
    {
        // Differences of a window's pixels reach one further.
        var margin = movable > 0 ? (int)Math.Ceiling(movable) + 1 : 0;
        var corners = scans.SelectMany(scan => scan).Select(p => p.WholePixel).ToArray();
        (_height, _width, _windowHeight, _windowWidth) = (objectHeight, objectWidth, h, w);
        _top = Math.Max(0, margin - corners.Min(c => c.Row));
        _left = Math.Max(0, margin - corners.Min(c => c.Column));
        _paddedHeight = _top + Math.Max(objectHeight, corners.Max(c => c.Row) + h + margin);
        _paddedWidth = _left + Math.Max(objectWidth, corners.Max(c => c.Column) + w + margin);
    }

    /// <summary>Whether some window overhangs, so that <see cref="Pad"/> copies.</summary>
    internal bool Overhangs => _paddedHeight != _height || _paddedWidth != _width;

    /// <summary>Pixels of one object with its margin.</summary>
    internal long PaddedSize => (long)_paddedHeight * _paddedWidth;

    /// <summary>Pixels from one row of the padded object to the next.</summary>
    internal long RowStride => _paddedWidth;

    /// <summary>Where a window starts in the padded object.</summary>
    internal long Corner(ScanPosition position)
    {
        var (row, column) = position.WholePixel;
        return (long)(row + _top) * _paddedWidth + column + _left;
    }

    /// <summary>Each pixel's place relative to its window's corner, int64 [1, 1, h·w].</summary>
    internal Tensor Offsets(Device device) => Offsets(1, device);

    /// <summary>The same for the real and the imaginary part of each pixel, int64 [1, 1, 2·h·w].</summary>
    internal Tensor PartOffsets(Device device) => Offsets(2, device);

    /// <summary>[B, H, W] → [B, padded]; the object's own values where no window overhangs.</summary>
    internal Tensor Pad(Tensor obj)
    {
        using var scope = NewDisposeScope();
        var batch = obj.shape[0];
        if (!Overhangs)
            return obj.reshape(batch, -1).MoveToOuterDisposeScope();
        var padded = zeros([batch, _paddedHeight, _paddedWidth], obj.dtype, obj.device);
        Interior(padded).copy_(obj);
        return padded.reshape(batch, -1).MoveToOuterDisposeScope();
    }

    /// <summary>The objects inside of [B, padded] as a view, [B, H, W].</summary>
    internal Tensor Crop(Tensor padded)
    {
        using var scope = NewDisposeScope();
        return Interior(padded.view(padded.shape[0], _paddedHeight, _paddedWidth)).MoveToOuterDisposeScope();
    }

    /// <summary>Sets the margin of [B, padded] to 0.</summary>
    internal void ClearMargin(Tensor padded)
    {
        using var scope = NewDisposeScope();
        var plane = padded.view(padded.shape[0], _paddedHeight, _paddedWidth);
        Clear(plane, 1, 0, _top);
        Clear(plane, 1, _top + _height, _paddedHeight);
        Clear(plane, 2, 0, _left);
        Clear(plane, 2, _left + _width, _paddedWidth);
    }

    /// <summary>The windows at some corners, [B, padded] → [B, n, h, w].</summary>
    /// <param name="padded">Padded objects.</param>
    /// <param name="corners">int64 [1, n, 1], or [B, n, 1] where every object has its own.</param>
    /// <param name="offsets">Of <see cref="Offsets(Device)"/>.</param>
    internal Tensor Cut(Tensor padded, Tensor corners, Tensor offsets)
    {
        using var scope = NewDisposeScope();
        var (batch, count) = (padded.shape[0], corners.shape[1]);
        var index = (corners + offsets).reshape(corners.shape[0], -1).expand(batch, -1);
        return padded.gather(1, index).reshape(batch, count, _windowHeight, _windowWidth).MoveToOuterDisposeScope();
    }

    /// <summary>Adds windows at their places.</summary>
    /// <param name="padded">complex64 [B, padded], contiguous; changed.</param>
    /// <param name="windows">complex64 [B, n, h, w].</param>
    /// <param name="corners">As for <see cref="Cut"/>.</param>
    /// <param name="partOffsets">Of <see cref="PartOffsets"/>.</param>
    internal static void Add(Tensor padded, Tensor windows, Tensor corners, Tensor partOffsets)
    {
        using var scope = NewDisposeScope();
        var batch = windows.shape[0];
        var index = (corners * 2 + partOffsets).reshape(corners.shape[0], -1).expand(batch, -1);
        // Adding back runs over real and imaginary parts, which every backend can scatter.
        var parts = windows.resolve_conj().contiguous().view_as_real().reshape(batch, -1);
        padded.view_as_real().view(batch, -1).scatter_add_(1, index, parts);
    }

    private Tensor Interior(Tensor plane) => plane.narrow(1, _top, _height).narrow(2, _left, _width);

    private static void Clear(Tensor plane, long dimension, int start, int end)
    {
        if (end > start)
            plane.narrow(dimension, start, end - start).zero_();
    }

    private Tensor Offsets(int parts, Device device)
    {
        var offsets = new long[checked(_windowHeight * _windowWidth * parts)];
        var i = 0;
        for (var y = 0; y < _windowHeight; y++)
        for (var x = 0; x < _windowWidth; x++)
        for (var part = 0; part < parts; part++)
            offsets[i++] = ((long)y * _paddedWidth + x) * parts + part;
        return tensor(offsets, [1, 1, offsets.Length], device: device);
    }
}
