using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>H5G_info_t: what a group says of itself.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Hdf5GroupInfo
{
    public int StorageKind;
    public ulong LinkCount;
    public long LargestCreationOrder;
    public byte Mounted;
}
