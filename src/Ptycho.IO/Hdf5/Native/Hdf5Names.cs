using System.Text;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Paths inside a file, and the names that a group or an object holds.</summary>
internal static unsafe class Hdf5Names
{
    /// <summary>More is no file of the field; each costs a search in the group's index, so that time grows as the square.</summary>
    private const int MostNames = 100_000;

    /// <summary>"/a/b/" and "a//b" become "a/b"; the root is "".</summary>
    public static string Normalise(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A path inside an HDF5 file cannot hold a NUL character.", nameof(path));
        return string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether every link of a path exists and leads to an object.</summary>
    public static bool Exists(long file, string path)
    {
        if (path.Length == 0)
            return true;
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (Hdf5Native.H5Lexists(file, part, Hdf5Constants.Default) <= 0 || !Opens(file, part))
                return false;
            if (end < 0)
                return true;
        }
    }

    /// <summary>The links of a group in the order of their names.</summary>
    public static List<string> Links(long group, Hdf5Context context, string path)
    {
        context.Check(Hdf5Native.H5Gget_info(group, out var info), path, "be listed");
        if (info.LinkCount > MostNames)
            throw context.Invalid(path, $"the group has {info.LinkCount} members; at most {MostNames} are read.");
        var names = new List<string>();
        for (var i = 0ul; i < info.LinkCount; i++)
            names.Add(
                Name(
                    (n, buffer, size) =>
                        Hdf5Native.H5Lget_name_by_idx(
                            group,
                            ".",
                            Hdf5Constants.IndexByName,
                            Hdf5Constants.Increasing,
                            n,
                            buffer,
                            size,
                            Hdf5Constants.Default
                        ),
                    i
                ) ?? throw context.Failure(path, "be listed")
            );
        return names;
    }

    /// <summary>The attributes of an object in the order of their names.</summary>
    public static List<string> Attributes(long owner)
    {
        var names = new List<string>();
        for (var i = 0ul; i < MostNames; i++)
        {
            var name = Name(
                (n, buffer, size) =>
                    Hdf5Native.H5Aget_name_by_idx(
                        owner,
                        ".",
                        Hdf5Constants.IndexByName,
                        Hdf5Constants.Increasing,
                        n,
                        buffer,
                        size,
                        Hdf5Constants.Default
                    ),
                i
            );
            if (name is null)
                break;
            names.Add(name);
        }
        Hdf5Native.H5Eclear2(Hdf5Constants.Default);
        return names;
    }

    private delegate nint NameOf(ulong index, byte* buffer, nuint size);

    private static string? Name(NameOf function, ulong index)
    {
        const int longest = 1 << 16;
        var length = function(index, null, 0);
        if (length is < 0 or >= longest)
            return null;
        var bytes = new byte[length + 1];
        fixed (byte* buffer = bytes)
            return function(index, buffer, (nuint)bytes.Length) < 0
                ? null
                : Encoding.UTF8.GetString(bytes.AsSpan(0, (int)length));
    }

    private static bool Opens(long file, string path)
    {
        var id = Hdf5Native.H5Oopen(file, path, Hdf5Constants.Default);
        Hdf5Native.H5Eclear2(Hdf5Constants.Default);
        if (id >= 0)
            Hdf5Native.H5Idec_ref(id);
        return id >= 0;
    }
}
