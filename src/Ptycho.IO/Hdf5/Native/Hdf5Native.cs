using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>
/// The C API of libhdf5, version 1.10 or later (hid_t has 64 bits since then), named as there. Only functions whose
/// signatures are the same from 1.10 to 2.0.
/// </summary>
internal static unsafe partial class Hdf5Native
{
    private const string Library = Hdf5Library.ImportName;

    [LibraryImport(Library)]
    public static partial int H5Eget_auto2(long stack, out nint function, out nint data);

    [LibraryImport(Library)]
    public static partial int H5Eset_auto2(long stack, nint function, nint data);

    [LibraryImport(Library)]
    public static partial int H5Eclear2(long stack);

    [LibraryImport(Library)]
    public static partial int H5Ewalk2(
        long stack,
        int direction,
        delegate* unmanaged<uint, Hdf5ErrorRecord*, nint, int> function,
        nint data
    );

    [LibraryImport(Library)]
    public static partial int H5Idec_ref(long id);

    [LibraryImport(Library)]
    public static partial int H5Iget_type(long id);

    [LibraryImport(Library)]
    public static partial long H5Iget_file_id(long id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Fopen(string name, uint flags, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Fcreate(string name, uint flags, long creation, long access);

    [LibraryImport(Library)]
    public static partial int H5Fflush(long id, int scope);

    [LibraryImport(Library)]
    public static partial int H5Fget_filesize(long id, out ulong size);

    [LibraryImport(Library)]
    public static partial nint H5Fget_name(long id, byte* name, nuint size);

    [LibraryImport(Library)]
    public static partial long H5Fget_create_plist(long id);

    [LibraryImport(Library)]
    public static partial int H5Pget_sizes(long list, out nuint addressBytes, out nuint sizeBytes);

    [LibraryImport(Library)]
    public static partial int H5Pget_userblock(long list, out ulong bytes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Gcreate2(long location, string name, long link, long creation, long access);

    [LibraryImport(Library)]
    public static partial int H5Gget_info(long group, out Hdf5GroupInfo info);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Lexists(long location, string name, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Lcreate_soft(string target, long location, string name, long link, long access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Lget_name_by_idx(
        long location,
        string group,
        int index,
        int order,
        ulong n,
        byte* name,
        nuint size,
        long access
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Oopen(long location, string name, long access);

    [LibraryImport(Library)]
    public static partial long H5Pcreate(long propertyClass);

    [LibraryImport(Library)]
    public static partial int H5Pset_fclose_degree(long list, int degree);

    [LibraryImport(Library)]
    public static partial int H5Pset_create_intermediate_group(long list, uint create);

    [LibraryImport(Library)]
    public static partial int H5Pset_char_encoding(long list, int encoding);

    [LibraryImport(Library)]
    public static partial int H5Pset_obj_track_times(long list, byte track);

    [LibraryImport(Library)]
    public static partial int H5Pset_chunk(long list, int rank, ulong* dimensions);

    [LibraryImport(Library)]
    public static partial int H5Pget_chunk(long list, int rank, ulong* dimensions);

    [LibraryImport(Library)]
    public static partial int H5Pset_deflate(long list, uint level);

    [LibraryImport(Library)]
    public static partial int H5Pset_shuffle(long list);

    [LibraryImport(Library)]
    public static partial int H5Pget_layout(long list);

    [LibraryImport(Library)]
    public static partial int H5Pget_external_count(long list);

    [LibraryImport(Library)]
    public static partial int H5Pset_chunk_cache(long list, nuint slots, nuint bytes, double preemption);
}
