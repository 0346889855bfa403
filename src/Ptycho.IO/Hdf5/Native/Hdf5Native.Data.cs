using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

internal static unsafe partial class Hdf5Native
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Dopen2(long location, string name, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Dcreate2(
        long location,
        string name,
        long type,
        long space,
        long link,
        long creation,
        long access
    );

    [LibraryImport(Library)]
    public static partial long H5Dget_space(long dataset);

    [LibraryImport(Library)]
    public static partial long H5Dget_type(long dataset);

    [LibraryImport(Library)]
    public static partial long H5Dget_create_plist(long dataset);

    [LibraryImport(Library)]
    public static partial ulong H5Dget_storage_size(long dataset);

    [LibraryImport(Library)]
    public static partial int H5Dread(long dataset, long type, long memory, long file, long transfer, void* buffer);

    [LibraryImport(Library)]
    public static partial int H5Dwrite(long dataset, long type, long memory, long file, long transfer, void* buffer);

    [LibraryImport(Library)]
    public static partial long H5Screate(int kind);

    [LibraryImport(Library)]
    public static partial long H5Screate_simple(int rank, ulong* dimensions, ulong* largest);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_type(long space);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_ndims(long space);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_dims(long space, ulong* dimensions, ulong* largest);

    [LibraryImport(Library)]
    public static partial int H5Sselect_hyperslab(
        long space,
        int operation,
        ulong* start,
        ulong* stride,
        ulong* count,
        ulong* block
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Aexists(long owner, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Aopen(long owner, string name, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Acreate2(long owner, string name, long type, long space, long creation, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Aget_name_by_idx(
        long location,
        string owner,
        int index,
        int order,
        ulong n,
        byte* name,
        nuint size,
        long access
    );

    [LibraryImport(Library)]
    public static partial long H5Aget_space(long attribute);

    [LibraryImport(Library)]
    public static partial long H5Aget_type(long attribute);

    [LibraryImport(Library)]
    public static partial int H5Aread(long attribute, long type, void* buffer);

    [LibraryImport(Library)]
    public static partial int H5Awrite(long attribute, long type, void* buffer);
}
