using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>The frames that a measurement lacks, in a group of an HDF5 file; nothing where none was dropped.</summary>
internal static class Hdf5DroppedFrames
{
    /// <param name="parent">An open group.</param>
    /// <param name="group">The group within it, or "" for itself.</param>
    /// <param name="dropped">What to write.</param>
    public static void Write(Hdf5GroupWriter parent, string group, IReadOnlyList<DroppedFrame> dropped)
    {
        if (dropped.Count == 0)
            return;
        var frames = NumericArray.Create<long>(DroppedFrameRecord.Frames(dropped), dropped.Count);
        var prefix = group.Length == 0 ? "" : $"{group}/";
        // The attribute is ptypy's.
        parent.WriteDataset(prefix + DroppedFrameRecord.FramesKey, frames).SetAttribute("type", "array");
        parent.WriteText(prefix + DroppedFrameRecord.ReasonsKey, DroppedFrameRecord.Reasons(dropped));
    }

    /// <exception cref="InvalidDataException">One of the two datasets is missing or wrong; it is named.</exception>
    public static IReadOnlyList<DroppedFrame> Read(Hdf5File file, string group)
    {
        var (frames, reasons) = ($"{group}/{DroppedFrameRecord.FramesKey}", $"{group}/{DroppedFrameRecord.ReasonsKey}");
        if (!file.Exists(frames) && !file.Exists(reasons))
            return [];
        return DroppedFrameRecord.Parse(file.Read(frames).ToDouble(), file.ReadText(reasons));
    }

    /// <summary>The measurement with what the file says besides what was dropped on reading.</summary>
    public static ImportedMeasurement Join(ImportedMeasurement read, Hdf5File file, string group, int first)
    {
        var before = Read(file, group);
        if (before.Count == 0)
            return read;
        var dropped = DroppedFrameRecord.Join(before, read.Measurement.Dropped, first);
        var notes = read.Notes.Append($"The file says that {before.Count} frames were dropped before it was written.");
        return read with { Measurement = read.Measurement.WithDropped(dropped), Notes = [.. notes] };
    }
}
