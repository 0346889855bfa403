using System.IO.Compression;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>
/// Reads and writes npz files, numpy's zip archive of named npy files, stored or deflated. Reading checks sizes and
/// checksums; entries with names that lead out of the archive, duplicates, and entries other than npy are refused.
/// </summary>
public static class NpzFile
{
    /// <summary>Reads all arrays, in the archive's order.</summary>
    /// <exception cref="InvalidDataException">The content is wrong or of an unsupported type; the message names the file
    /// and the entry.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, NumericArray> Read(string path)
    {
        using var stream = DataFile.Open(path);
        return Read(stream, path, null);
    }

    /// <summary>Reads some arrays and leaves the others packed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">What to read; each must be there.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static IReadOnlyDictionary<string, NumericArray> Read(string path, IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var stream = DataFile.Open(path);
        return Read(stream, path, keys);
    }

    /// <summary>Reads arrays from a stream that holds an archive from its start to its end.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <param name="keys">What to read; null means everything.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static IReadOnlyDictionary<string, NumericArray> Read(Stream stream, string name, IEnumerable<string>? keys)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable.", nameof(stream));
        using var reader = NpzReader.Open(stream, name);
        var arrays = new OrderedDictionary<string, NumericArray>(StringComparer.Ordinal);
        foreach (var key in keys ?? reader.Keys)
            arrays.TryAdd(key, reader.Read(key));
        return arrays;
    }

    /// <summary>The names of the arrays, in the archive's order, without reading them.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static IReadOnlyList<string> ReadKeys(string path)
    {
        using var stream = DataFile.Open(path);
        using var reader = NpzReader.Open(stream, path);
        return [.. reader.Keys];
    }

    /// <summary>Writes a file, whole or not at all; the same arrays in the same order give the same bytes.</summary>
    /// <param name="path">The destination.</param>
    /// <param name="arrays">The arrays by key; a key may have slashes but no "..".</param>
    /// <param name="compress">Deflate the entries; by default they are stored, as by numpy.savez.</param>
    /// <exception cref="ArgumentException">A key is refused, or an array is bfloat16, which numpy hasn't.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, NumericArray> arrays, bool compress = false)
    {
        Check(arrays);
        AtomicFile.Write(path, stream => Write(stream, arrays, compress));
    }

    /// <summary>Writes an archive to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyDictionary{string, NumericArray}, bool)" path="/exception"/>
    public static void Write(Stream stream, IReadOnlyDictionary<string, NumericArray> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Check(arrays);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (key, array) in arrays)
        {
            var level = compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression;
            var entry = archive.CreateEntry(NpzEntryName.FromKey(key), level);
            // The clock must not change the bytes; this is the earliest time that zip can hold.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var content = entry.Open();
            NpyFile.Write(content, array);
        }
    }

    private static void Check(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        foreach (var (key, array) in arrays)
        {
            if (NpzEntryName.Problem(key) is { } problem)
                throw new ArgumentException($"The key '{key}' is refused: {problem}.", nameof(arrays));
            NpyHeader.Format(array);
        }
    }
}
