using Ptycho.Physics.Scans;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// Cuts windows out of objects and adds them back, by one flat index over the object with a margin of zeros wide
/// enough for windows that overhang it.
/// </summary>
internal sealed class WindowMap : IDisposable
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _top;
    private readonly int _left;
    private readonly int _paddedHeight;
    private readonly int _paddedWidth;
    private readonly long[] _windowShape;
    private readonly Tensor _gather;
    private readonly Tensor _scatter;

    internal WindowMap(ScanPattern positions, int h, int w, int objectHeight, int objectWidth, Device device)
    {
        var corners = positions.Select(p => p.WholePixel).ToArray();
        _height = objectHeight;
        _width = objectWidth;
        _top = Math.Max(0, -corners.Min(c => c.Row));
        _left = Math.Max(0, -corners.Min(c => c.Column));
        _paddedHeight = _top + Math.Max(objectHeight, corners.Max(c => c.Row) + h);
        _paddedWidth = _left + Math.Max(objectWidth, corners.Max(c => c.Column) + w);
        _windowShape = [corners.Length, h, w];

        var index = new long[checked(corners.Length * h * w)];
        var i = 0;
        foreach (var (row, column) in corners)
            for (var y = 0; y < h; y++)
            for (var x = 0; x < w; x++)
                index[i++] = (long)(row + _top + y) * _paddedWidth + column + _left + x;
        using var scope = NewDisposeScope();
        _gather = tensor(index, device: device).DetachFromDisposeScope();
        // Adding back runs over real and imaginary parts, which every backend can scatter.
        _scatter = stack([_gather * 2, _gather * 2 + 1], 1).reshape(1, -1).DetachFromDisposeScope();
    }

    /// <summary>[B, H, W] → [B, K, h, w].</summary>
    internal Tensor Cut(Tensor obj)
    {
        using var scope = NewDisposeScope();
        var padded = obj;
        if (_paddedHeight != _height || _paddedWidth != _width)
        {
            padded = zeros([obj.shape[0], _paddedHeight, _paddedWidth], obj.dtype, obj.device);
            padded.narrow(1, _top, _height).narrow(2, _left, _width).copy_(obj);
        }
        return padded
            .reshape(obj.shape[0], -1)
            .index_select(1, _gather)
            .reshape([obj.shape[0], .. _windowShape])
            .MoveToOuterDisposeScope();
    }

    /// <summary>[B, K, h, w] → [B, H, W], the sum of all windows at their places; the margin is dropped.</summary>
    internal Tensor Place(Tensor windows)
    {
        using var scope = NewDisposeScope();
        var batch = windows.shape[0];
        var parts = windows.resolve_conj().contiguous().view_as_real().reshape(batch, -1);
        var sum = zeros([batch, (long)_paddedHeight * _paddedWidth * 2], parts.dtype, parts.device);
        sum.scatter_add_(1, _scatter.expand(batch, -1), parts);
        return sum.reshape(batch, _paddedHeight, _paddedWidth, 2)
            .narrow(1, _top, _height)
            .narrow(2, _left, _width)
            .contiguous()
            .view_as_complex()
            .MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _gather.Dispose();
        _scatter.Dispose();
    }
}
