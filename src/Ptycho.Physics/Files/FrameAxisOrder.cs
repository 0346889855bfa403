namespace Ptycho.Physics.Files;

/// <summary>The order of the two axes of a stored frame, slower one first.</summary>
public enum FrameAxisOrder
{
    /// <summary>[frames, y, x]: what CXI's author and nearly every program writes.</summary>
    RowsFirst,

    /// <summary>[frames, x, y]: the letter of NeXus NXcxi_ptycho (frame_size_x, frame_size_y).</summary>
    ColumnsFirst,
}
