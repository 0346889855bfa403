using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>H5E_error2_t: one entry of libhdf5's error stack.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Hdf5ErrorRecord
{
    public long ClassId;
    public long Major;
    public long Minor;
    public uint Line;
    public byte* Function;
    public byte* File;
    public byte* Description;
}
