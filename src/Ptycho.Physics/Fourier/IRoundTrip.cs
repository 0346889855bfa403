namespace Ptycho.Physics.Fourier;

/// <summary>
/// What happens to a field on its way through <see cref="FourierRoundTrip"/>, a few columns at a time. A block holds up
/// to T.Count columns side by side: element e of lane l at e·T.Count + l, lanes from <c>count</c> on being padding.
/// </summary>
internal unsafe interface IRoundTrip
{
    /// <summary>Fills a block with columns of the field, [height, T.Count]; the padding with any finite numbers.</summary>
    public void Read<T>(int column, int count, Planes block)
        where T : unmanaged, ILanes<T>;

    /// <summary>
    /// Changes a block of the far field in place, [width, T.Count]: frequency v along the width, u = row + lane along the
    /// height.
    /// </summary>
    public void Change<T>(int row, int count, Planes block)
        where T : unmanaged, ILanes<T>;

    /// <summary>Takes a block of the field that came back, [height, T.Count].</summary>
    public void Write<T>(int column, int count, Planes block)
        where T : unmanaged, ILanes<T>;
}
