namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// When blocks of the object's rows may be updated within a pass over the frames: as soon as the last frame that touches
/// them is done, while they are still in the caches. Whichever thread finishes a block's last part does so.
/// </summary>
internal sealed class RowSchedule
{
    private readonly (int Block, int LastFrame)[][] _parts;
    private readonly int[] _touching;
    private readonly int[] _pending;

    /// <param name="plan">The scan; positions stay.</param>
    /// <param name="parts">Its frames.</param>
    /// <param name="rows">Rows of a block.</param>
    public RowSchedule(ScanPlan plan, FlowPart[] parts, int rows)
    {
        var (height, top) = (plan.Measurement.ObjectHeight, plan.ObjectStart / plan.Stride);
        _touching = new int[(height + rows - 1) / rows];
        _pending = new int[_touching.Length];
        _parts = new (int, int)[parts.Length][];
        for (var p = 0; p < parts.Length; p++)
        {
            // In the order of their rows, so that a block's last frame never comes before that of the block above.
            var starts = Array.ConvertAll(parts[p].Frames, k => plan.Windows[k].Offset / plan.Stride - top);
            var blocks = Enumerable
                .Range(0, _touching.Length)
                .Where(b => starts[0] < (b + 1) * rows && starts[^1] + plan.Height > b * rows);
            _parts[p] = [.. blocks.Select(b => (b, Array.FindLastIndex(starts, row => row < (b + 1) * rows)))];
            foreach (var (block, _) in _parts[p])
                _touching[block]++;
        }
    }

    /// <summary>Starts a pass.</summary>
    public void Begin() => _touching.CopyTo(_pending, 0);

    /// <summary>Takes note that a part's frame is done, and updates what waited for it.</summary>
    /// <param name="part">The part.</param>
    /// <param name="frame">The frame's place in it.</param>
    /// <param name="next">The first of the part's blocks that still wait; moved on.</param>
    /// <param name="worker">The thread.</param>
    /// <param name="update">Updates a block.</param>
    public void Done(int part, int frame, ref int next, int worker, Action<int, int> update)
    {
        var blocks = _parts[part];
        for (; next < blocks.Length && blocks[next].LastFrame <= frame; next++)
            if (Interlocked.Decrement(ref _pending[blocks[next].Block]) == 0)
                update(worker, blocks[next].Block);
    }
}
