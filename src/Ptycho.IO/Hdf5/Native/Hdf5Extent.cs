using System.Globalization;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Bounds on what is allocated for a file that may lie.</summary>
internal static class Hdf5Extent
{
    /// <summary>What any file may ask for, whatever it stores: filled data take no room in it.</summary>
    private const long AlwaysAllowed = 16 << 20;

    /// <summary>Deflate cannot shrink data more than this.</summary>
    private const long LargestRatio = 1032;

    /// <summary>Of a text of varying length, with addresses of 4 bytes.</summary>
    private const int ShortestReference = 12;

    /// <summary>The shape for a .NET array, or an error when it cannot be one.</summary>
    public static int[] Checked(ReadOnlySpan<long> shape, ElementType type, Hdf5Context context, string path)
    {
        var result = new int[shape.Length];
        for (var axis = 0; axis < shape.Length; axis++)
            result[axis] = shape[axis] <= int.MaxValue ? (int)shape[axis] : -1;
        if (ArrayShape.TryByteLength(result, type) is null)
            throw context.Invalid(
                path,
                $"{type} {Describe(shape)} is more than the {Array.MaxLength} bytes of one array; read it in parts."
            );
        return result;
    }

    /// <summary>Refuses to allocate far more than the file stores.</summary>
    public static void RequirePlausible(long bytes, long stored, Hdf5Context context, string path)
    {
        if (bytes > AlwaysAllowed && bytes / LargestRatio > stored)
            throw context.Invalid(
                path,
                $"{bytes} bytes are announced but only {stored} are stored; the file is damaged, or the data were "
                    + "never written."
            );
    }

    /// <summary>
    /// Refuses data in one piece that are shorter than their shape: libhdf5 would read on behind them.
    /// </summary>
    public static void RequireWhole(
        Hdf5Handle dataset,
        long type,
        ReadOnlySpan<long> shape,
        Hdf5Context context,
        string path
    )
    {
        using var list = context.Own(Hdf5Native.H5Dget_create_plist(dataset.Id), path, "tell its layout");
        var layout = Hdf5Native.H5Pget_layout(list.Id);
        if (layout is Hdf5Constants.VirtualLayout or Hdf5Constants.ChunkedLayout)
            return;
        Int128 size = Hdf5Native.H5Tis_variable_str(type) > 0 ? ShortestReference : Hdf5Native.H5Tget_size(type);
        foreach (var axis in shape)
            size = Int128.Min(size * axis, long.MaxValue);
        // Outside the header 0 means that nothing was written yet: the fill value is read.
        var stored = Hdf5Native.H5Dget_storage_size(dataset.Id);
        if (stored < size && (stored > 0 || layout == Hdf5Constants.CompactLayout))
            throw context.Invalid(path, $"its shape needs {size} bytes but {stored} are stored; the file is damaged.");
    }

    /// <summary>
    /// The size of the file that holds an object, which an external link may make another than the one that was opened.
    /// </summary>
    public static long FileSize(long owner)
    {
        var file = Hdf5Native.H5Iget_file_id(owner);
        if (file < 0)
            return 0;
        var known = Hdf5Native.H5Fget_filesize(file, out var size) >= 0;
        Hdf5Native.H5Idec_ref(file);
        return known ? (long)Math.Min(size, long.MaxValue) : 0;
    }

    public static string Describe(ReadOnlySpan<long> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", parts)}]";
    }
}
