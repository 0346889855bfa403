using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>Where some frames lie, for one scan that all objects share (S = 1) or one for each object (S = B).</summary>
/// <param name="Corners">First pixels of the windows in the padded object, int64 [S, n, 1].</param>
/// <param name="Rows">Fractions of a pixel, float64 [S, n, 1]; null where all positions are whole.</param>
/// <param name="Columns">The same for columns.</param>
internal sealed record FramePlaces(Tensor Corners, Tensor? Rows, Tensor? Columns) : IDisposable
{
    internal long Count => Corners.shape[1];

    /// <summary>Some successive frames, as views.</summary>
    internal FramePlaces Narrow(long first, long count) => Map(t => t.narrow(1, first, count));

    /// <summary>The frames in another order.</summary>
    /// <param name="order">int64 [n].</param>
    internal FramePlaces Ordered(Tensor order) => Map(t => t.index_select(1, order));

    /// <summary>The scans of some objects; itself where all share one.</summary>
    /// <param name="first">The first object; 0 where they share one.</param>
    /// <param name="count">How many.</param>
    internal FramePlaces OfObjects(long first, long count) =>
        Corners.shape[0] == 1 ? this : Map(t => t.narrow(0, first, count));

    internal FramePlaces Detach() => Map(t => t.DetachFromDisposeScope());

    public void Dispose()
    {
        Corners.Dispose();
        Rows?.Dispose();
        Columns?.Dispose();
    }

    private FramePlaces Map(Func<Tensor, Tensor> change) =>
        new(change(Corners), Rows is null ? null : change(Rows), Columns is null ? null : change(Columns));
}
