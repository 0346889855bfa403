using System.IO.Compression;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>An open npz archive whose list of entries was found plausible. Leaves the stream open.</summary>
internal sealed class NpzReader : IDisposable
{
    private readonly string _file;
    private readonly ZipArchive _archive;
    private readonly OrderedDictionary<string, ZipArchiveEntry> _entries;

    private NpzReader(string file, ZipArchive archive, OrderedDictionary<string, ZipArchiveEntry> entries)
    {
        _file = file;
        _archive = archive;
        _entries = entries;
    }

    /// <summary>The keys in the archive's order.</summary>
    public IReadOnlyList<string> Keys => _entries.Keys;

    /// <summary>Reads the list of entries.</summary>
    /// <exception cref="InvalidDataException">No archive, or the list is wrong; the message names the file.</exception>
    public static NpzReader Open(Stream stream, string file)
    {
        ZipArchive? archive = null;
        IReadOnlyList<ZipArchiveEntry> list;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            list = archive.Entries;
        }
        catch (Exception e) when (UnpackingStream.IsUnpackingError(e))
        {
            archive?.Dispose();
            throw DataFile.Invalid(file, $"not a readable npz (zip) archive: {e.Message}", e);
        }
        try
        {
            return new NpzReader(file, archive, CheckEntries(list, stream.Length, file));
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>Unpacks one array and checks its size and its checksum.</summary>
    /// <exception cref="InvalidDataException">The key isn't there, or its content is wrong.</exception>
    public NumericArray Read(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
            throw DataFile.Invalid(_file, $"the array '{key}' is missing; there are: {string.Join(", ", Keys)}.");
        var name = $"{_file}: {entry.FullName}";
        if (entry.IsEncrypted)
            throw DataFile.Invalid(name, "the entry is encrypted, which is not supported.");
        using var stream = OpenEntry(entry, name);
        var array = NpyFile.ReadAll(stream, name, entry.Length);
        if (stream.ReadByte() >= 0)
            throw DataFile.Invalid(name, $"the entry is longer than the {entry.Length} bytes it declares.");
        if (stream.Crc != entry.Crc32)
            throw DataFile.Invalid(name, "the checksum is wrong; the file is damaged.");
        return array;
    }

    public void Dispose() => _archive.Dispose();

    private static UnpackingStream OpenEntry(ZipArchiveEntry entry, string name)
    {
        try
        {
            return new UnpackingStream(entry.Open(), name);
        }
        catch (Exception e) when (UnpackingStream.IsUnpackingError(e))
        {
            throw DataFile.Invalid(name, $"cannot be unpacked: {e.Message}", e);
        }
    }

    private static OrderedDictionary<string, ZipArchiveEntry> CheckEntries(
        IReadOnlyList<ZipArchiveEntry> list,
        long fileLength,
        string file
    )
    {
        var entries = new OrderedDictionary<string, ZipArchiveEntry>(list.Count, StringComparer.Ordinal);
        long packed = 0;
        foreach (var entry in list)
        {
            if (!NpzEntryName.TryGetKey(entry.FullName, out var key, out var problem))
                throw DataFile.Invalid(file, $"the entry '{entry.FullName}' is refused: {problem}.");
            if (!entries.TryAdd(key, entry))
                throw DataFile.Invalid(file, $"the entry '{entry.FullName}' appears twice.");
            packed = unchecked(packed + entry.CompressedLength);
            if (entry.CompressedLength < 0 || packed < 0 || packed > fileLength)
                throw DataFile.Invalid(file, $"the entry '{entry.FullName}' overlaps others or the end of the file.");
            if (entry.Length < 0 || entry.Length / UnpackingStream.LargestRatio > entry.CompressedLength)
                throw DataFile.Invalid(
                    file,
                    $"the entry '{entry.FullName}' declares {entry.Length} bytes, "
                        + $"which cannot come from {entry.CompressedLength} packed ones."
                );
        }
        return entries;
    }
}
