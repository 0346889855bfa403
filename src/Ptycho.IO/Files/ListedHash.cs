using System.Security.Cryptography;

namespace Ptycho.IO.Files;

/// <summary>
/// Files whose SHA-256 is known: a file <c>SHA256SUMS</c> in their folder, as <c>sha256sum</c> writes and checks it, lists
/// them. What it does not list is not checked.
/// </summary>
public static class ListedHash
{
    /// <summary>The name of the list.</summary>
    public const string ListName = "SHA256SUMS";

    /// <summary>Compares a file with the list in its folder.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether the list has the file; if so, it is the one that is listed.</returns>
    /// <exception cref="InvalidDataException">The file is not the one that is listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool Verify(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        var list = Path.Combine(Path.GetDirectoryName(full) ?? "", ListName);
        if (!File.Exists(list))
            return false;
        var name = Path.GetFileName(full);
        var listed = File.ReadLines(list)
            .Select(Parse)
            .FirstOrDefault(line => string.Equals(line.Name, name, StringComparison.Ordinal))
            .Hash;
        if (listed is null)
            return false;
        using var stream = File.OpenRead(full);
        var found = Convert.ToHexString(SHA256.HashData(stream));
        if (!string.Equals(found, listed, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException(
                $"{path}: its SHA-256 is {found.ToLowerInvariant()}, but {list} lists {listed}. The file was changed or "
                    + "damaged: fetch it again, or list it anew with sha256sum if the change was yours."
            );
        return true;
    }

    // "<hash>  <name>", or "<hash> *<name>" for binary mode.
    private static (string? Hash, string? Name) Parse(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 ? (line[..space], line[space..].TrimStart(' ', '*').TrimEnd()) : (null, null);
    }
}
