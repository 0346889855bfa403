namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>Some frames of a scan that lie near each other, and the gradient that they sum up to.</summary>
internal sealed class FlowPart
{
    private readonly int _first;
    private readonly int _end;

    // Blocks that another part may wait for keep their rows; of the others no more are in use than a window touches.
    private FlowPart(ScanPlan plan, int[] frames, int[] before, int rowsPerBlock)
    {
        Frames = frames;
        _first = Math.Max(0, Row(plan, frames[0]) - plan.Margin);
        _end = Math.Min(plan.PlaneLength / plan.Stride, End(plan, frames) + plan.Margin);
        var (own, shared) = (_end - _first, 0);
        if (rowsPerBlock > 0)
        {
            var top = plan.ObjectStart / plan.Stride;
            var others = before.Length == 0 ? 0 : End(plan, before) - top;
            var blocks = (Math.Max(0, others) + rowsPerBlock - 1) / rowsPerBlock;
            (own, shared) = (Math.Max(0, top + blocks * rowsPerBlock - _first), plan.Height + rowsPerBlock);
        }

        Band = new GradientBand(plan.Stride, _first, _end - _first, own, shared);
    }

    public int[] Frames { get; }

    /// <summary>Where the frames add up their gradient.</summary>
    public GradientBand Band { get; }

    /// <summary>Cuts the frames used, in the order of their rows, into parts of nearly equal size.</summary>
    /// <param name="plan">The scan.</param>
    /// <param name="count">How many parts.</param>
    /// <param name="rowsPerBlock">
    /// Rows of the blocks of a <see cref="RowSchedule"/> that empties them, or 0 where all rows are kept.
    /// </param>
    public static FlowPart[] Split(ScanPlan plan, int count, int rowsPerBlock = 0)
    {
        var order = plan.Used.OrderBy(k => plan.Windows[k].Offset).ToArray();
        var bound = (int part) => (int)((long)order.Length * part / count);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(p => new FlowPart(plan, order[bound(p)..bound(p + 1)], order[..bound(p)], rowsPerBlock)),
        ];
    }

    /// <summary>Whether a row of the object plane may hold something.</summary>
    public bool Touches(int row) => row >= _first && row < _end;

    private static int Row(ScanPlan plan, int frame) => plan.Windows[frame].Offset / plan.Stride;

    private static int End(ScanPlan plan, int[] frames) => Row(plan, frames[^1]) + plan.Height;
}
