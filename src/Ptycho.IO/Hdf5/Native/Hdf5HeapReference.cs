using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>
/// The conversion of a text of varying length to the bytes that the file has for it: its length, and where in the global heap
/// it lies. libhdf5 1.10 copies such texts without a look at either, and so writes and reads past its memory where a file is
/// damaged; with this conversion it copies the reference alone, and <see cref="Hdf5Heap"/> reads the text.
/// </summary>
internal static unsafe class Hdf5HeapReference
{
    private const int Soft = 1;
    private static readonly Lock s_gate = new();
    private static bool s_registered;

    /// <summary>An opaque type of so many bytes; reading texts as this type gives their references.</summary>
    public static Hdf5Handle Type(int bytes, Hdf5Context context, string path)
    {
        Register(context, path);
        return context.Own(Hdf5Native.H5Tcreate(Hdf5Constants.OpaqueClass, (nuint)bytes), path, "make a type");
    }

    private static void Register(Hdf5Context context, string path)
    {
        lock (s_gate)
        {
            if (s_registered)
                return;
            using var text = Hdf5Text.VariableType(context, path);
            using var opaque = context.Own(Hdf5Native.H5Tcreate(Hdf5Constants.OpaqueClass, 16), path, "make a type");
            context.Check(
                Hdf5Native.H5Tregister(Soft, "ptycho_text", text.Id, opaque.Id, &Convert),
                path,
                "prepare reading texts"
            );
            s_registered = true;
        }
    }

    // H5T_conv_t. The reference stands in the buffer already, packed as in the file; there is nothing to do.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Convert(
        long source,
        long destination,
        ConversionData* data,
        nuint count,
        nuint stride,
        nuint backgroundStride,
        void* buffer,
        void* background,
        long transfer
    )
    {
        if (data->Command == 0)
        {
            data->NeedBackground = 0;
            return Hdf5Native.H5Tis_variable_str(source) > 0 ? 0 : -1;
        }

        return 0;
    }

    /// <summary>H5T_cdata_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ConversionData
    {
        public int Command;
        public int NeedBackground;
        public byte Recalculate;
        public nint Private;
    }
}
