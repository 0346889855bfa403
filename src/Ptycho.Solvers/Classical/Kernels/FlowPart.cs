using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>Some frames of a scan that lie near each other, and the gradient that they sum up to.</summary>
internal sealed unsafe class FlowPart
{
    private readonly AlignedBuffer _gradient;
    private readonly int _first;
    private readonly int _end;
    private readonly int _planeLength;

    private FlowPart(ScanPlan plan, int[] frames)
    {
        Frames = frames;
        _planeLength = plan.PlaneLength;
        _gradient = new AlignedBuffer(2 * _planeLength);
        var first = frames.Min(k => plan.Windows[k].Offset) / plan.Stride - plan.Margin;
        var end = frames.Max(k => plan.Windows[k].Offset) / plan.Stride + plan.Height + plan.Margin;
        _first = Math.Max(0, first) * plan.Stride;
        _end = Math.Min(_planeLength, end * plan.Stride);
    }

    public int[] Frames { get; }

    public Planes Gradient => Planes.Of(_gradient, _planeLength);

    /// <summary>Cuts the frames used, in the order of their rows, into parts of nearly equal size.</summary>
    public static FlowPart[] Split(ScanPlan plan, int count)
    {
        var order = plan.Used.OrderBy(k => plan.Windows[k].Offset).ToArray();
        var bound = (int part) => (int)((long)order.Length * part / count);
        return [.. Enumerable.Range(0, count).Select(p => new FlowPart(plan, order[bound(p)..bound(p + 1)]))];
    }

    /// <summary>Whether the row of the object plane that contains an offset may hold something.</summary>
    public bool Touches(int offset) => offset >= _first && offset < _end;

    public void Clear()
    {
        new Span<float>(Gradient.Re + _first, _end - _first).Clear();
        new Span<float>(Gradient.Im + _first, _end - _first).Clear();
    }
}
