namespace Ptycho.IO.Hdf5.Native;

/// <summary>
/// The time of some calls into libhdf5: no other thread is in it, and its errors are not printed. What handled the
/// errors before, somebody else's function perhaps, is put back.
/// </summary>
internal readonly ref struct Hdf5Scope
{
    private readonly Lock.Scope _gate;
    private readonly nint _function;
    private readonly nint _data;

    private Hdf5Scope(Lock.Scope gate)
    {
        _gate = gate;
        Hdf5Native.H5Eget_auto2(Hdf5Constants.Default, out _function, out _data);
        Hdf5Native.H5Eset_auto2(Hdf5Constants.Default, 0, 0);
    }

    /// <exception cref="DllNotFoundException">libhdf5 is not there.</exception>
    public static Hdf5Scope Enter()
    {
        Hdf5Library.Require();
        return new Hdf5Scope(Hdf5Library.Gate.EnterScope());
    }

    public void Dispose()
    {
        Hdf5Native.H5Eset_auto2(Hdf5Constants.Default, _function, _data);
        _gate.Dispose();
    }
}
