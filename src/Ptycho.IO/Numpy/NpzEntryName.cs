namespace Ptycho.IO.Numpy;

/// <summary>Between the names of zip entries and the keys of arrays: "a.npy" holds the array "a".</summary>
internal static class NpzEntryName
{
    private const string Extension = ".npy";

    public static string FromKey(string key) => key + Extension;

    /// <summary>The key, or what is wrong with the name.</summary>
    public static bool TryGetKey(string name, out string key, out string problem)
    {
        key = "";
        if (!name.EndsWith(Extension, StringComparison.Ordinal))
        {
            problem = "it is not an .npy file";
            return false;
        }
        key = name[..^Extension.Length];
        problem = Problem(key) ?? "";
        return problem.Length == 0;
    }

    /// <summary>
    /// Why a key is refused, or null. Nothing here is extracted to disk, but other programs extract npz files: a name
    /// that climbs out of the folder has no honest use.
    /// </summary>
    public static string? Problem(string key)
    {
        if (key.Length == 0)
            return "it is empty";
        if (key.AsSpan().ContainsAnyInRange('\0', '\u001f') || key.Contains('\\', StringComparison.Ordinal))
            return "it has a control character or a backslash";
        if (key[0] == '/' || (key.Length > 1 && key[1] == ':' && char.IsAsciiLetter(key[0])))
            return "it is an absolute path";
        return key.Split('/').Contains("..", StringComparer.Ordinal) ? "it leads out of the archive (..)" : null;
    }
}
