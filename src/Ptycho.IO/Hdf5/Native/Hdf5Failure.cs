using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Turns libhdf5's error stack into one sentence.</summary>
internal static unsafe class Hdf5Failure
{
    /// <summary>The innermost and the outermost description of the last failure, then forgets it.</summary>
    public static string Take()
    {
        var lines = new List<string>();
        var handle = GCHandle.Alloc(lines);
        try
        {
            Hdf5Native.H5Ewalk2(Hdf5Constants.Default, 0, &Collect, GCHandle.ToIntPtr(handle));
            Hdf5Native.H5Eclear2(Hdf5Constants.Default);
        }
        finally
        {
            handle.Free();
        }
        return lines.Count switch
        {
            0 => "libhdf5 gives no reason",
            1 => $"libhdf5: {lines[0]}",
            _ => $"libhdf5: {lines[^1]}: {lines[0]}",
        };
    }

    // Upwards, so the innermost description comes first.
    [UnmanagedCallersOnly]
    private static int Collect(uint n, Hdf5ErrorRecord* record, nint data)
    {
        if (GCHandle.FromIntPtr(data).Target is List<string> lines)
            lines.Add(Marshal.PtrToStringUTF8((nint)record->Description) ?? "");
        return 0;
    }
}
