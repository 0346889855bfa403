using System.Buffers.Binary;
using Ptycho.IO.Files;

namespace Ptycho.IO.Tiff.Format;

/// <summary>A TIFF's bytes by their offset, in the file's byte order. Nothing outside the file is asked for.</summary>
internal sealed class TiffInput(Stream stream, string file)
{
    private byte[] _scratch = [];

    public string File => file;

    public bool BigEndian { get; private set; }

    /// <summary>Whether offsets have 64 bits.</summary>
    public bool Big { get; private set; }

    public long Length { get; } = stream.Length;

    /// <summary>Reads the header and says where the first directory lies.</summary>
    public long ReadHeader()
    {
        Span<byte> head = stackalloc byte[8];
        ReadAt(0, head, "the TIFF header");
        BigEndian = head[0] switch
        {
            (byte)'I' when head[1] == 'I' => false,
            (byte)'M' when head[1] == 'M' => true,
            _ => throw Invalid("not a TIFF file: it starts with neither II nor MM."),
        };
        switch (UInt16(head[2..]))
        {
            case 42:
                return UInt32(head[4..]);
            case 43:
                Big = true;
                if (UInt16(head[4..]) != 8 || UInt16(head[6..]) != 0)
                    throw Invalid("a BigTIFF must have offsets of 8 bytes.");
                return Offset(UInt64(Bytes(8, 8, "the first directory's place")));
            default:
                throw Invalid("not a TIFF file: neither 42 nor 43 follows the byte order.");
        }
    }

    /// <summary>A part of the file, valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, int length, string what)
    {
        CheckRange(offset, length, what);
        if (_scratch.Length < length)
            _scratch = new byte[Math.Max(length, 4096)];
        ReadAt(offset, _scratch.AsSpan(0, length), what);
        return _scratch.AsSpan(0, length);
    }

    public void ReadAt(long offset, Span<byte> destination, string what)
    {
        CheckRange(offset, destination.Length, what);
        stream.Position = offset;
        DataFile.ReadExactly(stream, destination, file, what);
    }

    public void CheckRange(long offset, long length, string what)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            throw Invalid($"{what}: {length} bytes at {offset} are outside the file's {Length}.");
    }

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ulong UInt64(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>An offset or a count; what no file can have becomes −1, which every check refuses.</summary>
    public static long Offset(ulong value) => value <= long.MaxValue ? (long)value : -1;

    public InvalidDataException Invalid(string problem) => DataFile.Invalid(file, problem);
}
