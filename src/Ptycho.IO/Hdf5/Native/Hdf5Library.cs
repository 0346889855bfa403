using System.Reflection;
using System.Runtime.InteropServices;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>
/// Finds the machine's libhdf5, once. The environment variable PTYCHO_HDF5 may name the file; otherwise the names that
/// Debian, Ubuntu, Fedora, conda, Homebrew and Windows give it are tried.
/// </summary>
internal static unsafe class Hdf5Library
{
    public const string ImportName = "hdf5";

    public const string HowToInstall =
        "install it (Debian, Ubuntu: apt-get install libhdf5-103-1, or libhdf5-310 on later releases; "
        + "Fedora: dnf install hdf5; macOS: brew install hdf5) or set PTYCHO_HDF5 to the path of the library";

    private static readonly string[] Names =
    [
        "libhdf5_serial.so.103",
        "libhdf5_serial.so.310",
        "libhdf5_serial.so.200",
        "libhdf5_serial.so",
        "libhdf5.so.103",
        "libhdf5.so.200",
        "libhdf5.so.310",
        "libhdf5.so.320",
        "libhdf5.so",
        "libhdf5.dylib",
        "/opt/homebrew/lib/libhdf5.dylib",
        "hdf5.dll",
    ];

    private static readonly Lazy<(nint Handle, Version? Version, string? Problem)> Loaded = new(Load);

    /// <summary>libhdf5 may be built without thread safety: one call at a time in this process.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>What keeps HDF5 files from being read here, or null.</summary>
    public static string? Problem => Loaded.Value.Problem;

    /// <summary>The library's version, or null where there is none.</summary>
    public static Version? Version => Loaded.Value.Version;

    /// <summary>Throws unless the library is there and new enough.</summary>
    /// <exception cref="DllNotFoundException">It is not; the message says what to install.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
            throw new DllNotFoundException(problem);
    }

    /// <summary>The value of an exported variable that holds an id, such as a predefined type.</summary>
    public static long Id(string symbol) => *(long*)NativeLibrary.GetExport(Loaded.Value.Handle, symbol);

    private static (nint, Version?, string?) Load()
    {
        var chosen = Environment.GetEnvironmentVariable("PTYCHO_HDF5");
        var names = string.IsNullOrEmpty(chosen) ? Names : [chosen];
        nint handle = 0;
        if (!names.Any(name => NativeLibrary.TryLoad(name, out handle)))
            return (0, null, $"libhdf5 is not on this machine{Where(chosen)}: {HowToInstall}.");
        var version = ReadVersion(handle);
        if (version is null || version < new Version(1, 10, 0))
            return (
                0,
                version,
                $"libhdf5 {version} is too old, 1.10 or later is needed{Where(chosen)}: {HowToInstall}."
            );
        NativeLibrary.SetDllImportResolver(typeof(Hdf5Library).Assembly, Resolve);
        // The ids of types and property classes are 0 until the library has started.
        return ((delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "H5open"))() < 0
            ? (0, version, "libhdf5 could not start.")
            : (handle, version, null);

        nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
            string.Equals(name, ImportName, StringComparison.Ordinal) ? handle : 0;
    }

    private static string Where(string? chosen) => string.IsNullOrEmpty(chosen) ? "" : $" (PTYCHO_HDF5 is '{chosen}')";

    private static Version? ReadVersion(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "H5get_libversion", out var function))
            return null;
        uint major,
            minor,
            release;
        return ((delegate* unmanaged<uint*, uint*, uint*, int>)function)(&major, &minor, &release) < 0
            ? null
            : new Version((int)major, (int)minor, (int)release);
    }
}
