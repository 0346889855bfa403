using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Any id of libhdf5 that was made for us; released once.</summary>
internal sealed class Hdf5Handle : SafeHandle
{
    public Hdf5Handle(long id)
        : base(-1, ownsHandle: true) => SetHandle((nint)id);

    public long Id =>
        IsClosed ? throw new ObjectDisposedException(nameof(Hdf5Handle), "The HDF5 file is closed.") : handle;

    public override bool IsInvalid => handle < 0;

    protected override bool ReleaseHandle()
    {
        using var scope = Hdf5Scope.Enter();
        return Hdf5Native.H5Idec_ref(handle) >= 0;
    }
}
