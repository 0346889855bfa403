using System.Buffers.Binary;
using System.Text;
using Ptycho.IO.Files;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>
/// The global heap of a file, where texts of varying length lie: collections of numbered objects. Every length is checked
/// against the collection's, and the collection's against the file's.
/// </summary>
internal sealed unsafe class Hdf5Heap : IDisposable
{
    private const int HeaderBytes = 16;

    // libhdf5 makes collections of 4 kB, or of one larger object.
    private const long LargestCollection = 64 << 20;
    private readonly FileStream _stream;
    private readonly long _base;
    private readonly int _addressBytes;
    private readonly int _sizeBytes;
    private readonly Hdf5Context _context;
    private readonly string _path;
    private readonly Dictionary<(long Collection, uint Index), (long At, long Length)> _objects = [];
    private readonly HashSet<long> _collections = [];
    private long _listed;

    private Hdf5Heap(
        FileStream stream,
        long start,
        int addressBytes,
        int sizeBytes,
        Hdf5Context context,
        string path
    ) =>
        (_stream, _base, _addressBytes, _sizeBytes, _context, _path) = (
            stream,
            start,
            addressBytes,
            sizeBytes,
            context,
            path
        );

    /// <summary>Bytes of a reference: length, address of the collection, number in it.</summary>
    public int ReferenceBytes => 4 + _addressBytes + 4;

    /// <summary>The heap of the file that an object lies in.</summary>
    public static Hdf5Heap Open(long owner, Hdf5Context context, string path)
    {
        var length = (int)context.Check(Hdf5Native.H5Fget_name(owner, null, 0), path, "name its file");
        var name = new byte[length + 1];
        fixed (byte* buffer = name)
            context.Check(Hdf5Native.H5Fget_name(owner, buffer, (nuint)name.Length), path, "name its file");
        using var file = context.Own(Hdf5Native.H5Iget_file_id(owner), path, "name its file");
        using var list = context.Own(Hdf5Native.H5Fget_create_plist(file.Id), path, "tell its layout");
        context.Check(
            Hdf5Native.H5Pget_sizes(list.Id, out var addressBytes, out var sizeBytes),
            path,
            "tell its layout"
        );
        context.Check(Hdf5Native.H5Pget_userblock(list.Id, out var start), path, "tell its layout");
        if (addressBytes is not (4 or 8) || sizeBytes is not (4 or 8) || start > long.MaxValue)
            throw context.Invalid(path, $"addresses of {addressBytes} and sizes of {sizeBytes} bytes are not read.");
        var stream = new FileStream(
            Encoding.UTF8.GetString(name, 0, length),
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite,
            bufferSize: 0
        );
        return new Hdf5Heap(stream, (long)start, (int)addressBytes, (int)sizeBytes, context, path);
    }

    /// <summary>The text that a reference names; "" for none.</summary>
    /// <exception cref="InvalidDataException">It names nothing, or something of another length.</exception>
    public string Text(ReadOnlySpan<byte> reference, ref long budget)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(reference);
        var address = Number(reference.Slice(4, _addressBytes));
        var index = BinaryPrimitives.ReadUInt32LittleEndian(reference[(4 + _addressBytes)..]);
        if (length == 0 || address == 0)
            return "";
        if (!_objects.TryGetValue((address, index), out var found) && _collections.Add(address))
        {
            List(address);
            _objects.TryGetValue((address, index), out found);
        }

        if (found.Length != length)
            throw _context.Invalid(
                _path,
                $"the text of {length} bytes is not in the heap: object {index} of {address} has {found.Length} bytes."
            );
        if ((budget -= length) < 0)
            throw _context.Invalid(_path, "its texts are longer than is read.");
        var bytes = new byte[length];
        Read(found.At, bytes);
        var end = bytes.AsSpan().IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes.AsSpan(0, end));
    }

    public void Dispose() => _stream.Dispose();

    // "GCOL", version, size; then objects: number, references to it, size, the bytes, each at a multiple of 8.
    private void List(long address)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (address < 0 || address > _stream.Length - _base - HeaderBytes)
            throw _context.Invalid(_path, $"the heap at {address} is beyond the end of the file.");
        var start = _base + address;
        Read(start, header);
        var size = Number(header.Slice(8, _sizeBytes));
        if (!header[..5].SequenceEqual("GCOL\x01"u8) || size < HeaderBytes || size > _stream.Length - start)
            throw _context.Invalid(_path, $"there is no heap at {address}, or it is cut off.");
        if (size > LargestCollection || (_listed += size) > _stream.Length)
            throw _context.Invalid(_path, $"the heap at {address} is too large, or lies over others.");
        var bytes = new byte[size];
        Read(start, bytes);
        var objectHeader = 8 + Padded(_sizeBytes);
        for (long at = 8 + Padded(_sizeBytes); at + objectHeader <= size; )
        {
            var part = bytes.AsSpan((int)at);
            var index = BinaryPrimitives.ReadUInt16LittleEndian(part);
            var length = Number(part.Slice(8, _sizeBytes));
            if (index == 0)
                break;
            at += objectHeader;
            if (length < 0 || length > size - at || !_objects.TryAdd((address, index), (start + at, length)))
                throw _context.Invalid(_path, $"object {index} of the heap at {address} leaves it or is there twice.");
            at += Padded(length);
        }
    }

    private void Read(long at, Span<byte> bytes)
    {
        _stream.Position = at;
        DataFile.ReadExactly(_stream, bytes, _context.File, $"the heap that '{_path}' lies in");
    }

    private static long Padded(long bytes) => (bytes + 7) / 8 * 8;

    // What is 2⁶³ or more becomes negative, and is refused as such.
    private static long Number(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 8
            ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
