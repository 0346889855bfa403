using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

internal static unsafe partial class Hdf5Native
{
    [LibraryImport(Library)]
    public static partial int H5Tget_class(long type);

    [LibraryImport(Library)]
    public static partial nuint H5Tget_size(long type);

    [LibraryImport(Library)]
    public static partial int H5Tget_sign(long type);

    [LibraryImport(Library)]
    public static partial long H5Tget_native_type(long type, int direction);

    [LibraryImport(Library)]
    public static partial long H5Tget_super(long type);

    [LibraryImport(Library)]
    public static partial long H5Tcopy(long type);

    [LibraryImport(Library)]
    public static partial long H5Tcreate(int typeClass, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Tinsert(long type, string name, nuint offset, long member);

    [LibraryImport(Library)]
    public static partial int H5Tget_nmembers(long type);

    [LibraryImport(Library)]
    public static partial byte* H5Tget_member_name(long type, uint index);

    [LibraryImport(Library)]
    public static partial long H5Tget_member_type(long type, uint index);

    [LibraryImport(Library)]
    public static partial nuint H5Tget_member_offset(long type, uint index);

    [LibraryImport(Library)]
    public static partial int H5Tget_member_value(long type, uint index, void* value);

    [LibraryImport(Library)]
    public static partial int H5free_memory(void* memory);

    [LibraryImport(Library)]
    public static partial long H5Tenum_create(long baseType);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Tenum_insert(long type, string name, void* value);

    [LibraryImport(Library)]
    public static partial int H5Tset_size(long type, nuint size);

    [LibraryImport(Library)]
    public static partial int H5Tset_ebias(long type, nuint bias);

    [LibraryImport(Library)]
    public static partial int H5Tset_fields(
        long type,
        nuint sign,
        nuint exponentAt,
        nuint exponentBits,
        nuint mantissaAt,
        nuint mantissaBits
    );

    [LibraryImport(Library)]
    public static partial int H5Tget_fields(
        long type,
        out nuint sign,
        out nuint exponentAt,
        out nuint exponentBits,
        out nuint mantissaAt,
        out nuint mantissaBits
    );

    [LibraryImport(Library)]
    public static partial int H5Tis_variable_str(long type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Tregister(
        int persistence,
        string name,
        long source,
        long destination,
        delegate* unmanaged[Cdecl]<
            long,
            long,
            Hdf5HeapReference.ConversionData*,
            nuint,
            nuint,
            nuint,
            void*,
            void*,
            long,
            int> function
    );

    [LibraryImport(Library)]
    public static partial int H5Tget_cset(long type);

    [LibraryImport(Library)]
    public static partial int H5Tset_cset(long type, int set);

    [LibraryImport(Library)]
    public static partial int H5Tset_strpad(long type, int padding);
}
