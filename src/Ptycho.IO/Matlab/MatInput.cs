using System.Buffers.Binary;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Matlab;

/// <summary>Reads forward through one element of a MAT-file, never beyond its end.</summary>
/// <param name="stream">Where the bytes come from.</param>
/// <param name="remaining">The element's bytes.</param>
/// <param name="isKnownLength">Whether that many bytes are known to exist; if not, memory grows only with bytes read.</param>
/// <param name="isBigEndian">The file's byte order.</param>
/// <param name="file">What error messages call the file.</param>
internal sealed class MatInput(Stream stream, long remaining, bool isKnownLength, bool isBigEndian, string file)
{
    private const int FirstChunk = 1 << 16;

    /// <summary>Bytes left in the element.</summary>
    public long Remaining { get; private set; } = remaining;

    /// <summary>What error messages call the variable being read.</summary>
    public string Where { get; set; } = "";

    /// <summary>An input for an element inside this one.</summary>
    public MatInput Nested(long length) => new(stream, length, isKnownLength, isBigEndian, file) { Where = Where };

    /// <summary>An input for decompressed bytes, whose number is not known before they were read.</summary>
    public MatInput Decompressed(Stream inflated) =>
        new(inflated, long.MaxValue, isKnownLength: false, isBigEndian, file) { Where = Where };

    /// <summary>Counts bytes that a nested input has read.</summary>
    public void Consume(long count) => Remaining -= count;

    public InvalidDataException Invalid(string problem, Exception? cause = null) =>
        DataFile.Invalid(file, $"{Where}: {problem}", cause);

    public MatTag ReadTag()
    {
        Span<byte> bytes = stackalloc byte[8];
        ReadExactly(bytes[..4]);
        var first = ToUInt32(bytes);
        var small = first >> 16;
        if (small > 4)
            throw Invalid($"an element inside a tag has at most 4 bytes, not {small}.");
        if (small > 0)
            return new MatTag((MatDataType)(first & 0xFFFF), small, IsSmall: true);
        ReadExactly(bytes[4..]);
        return new MatTag((MatDataType)first, ToUInt32(bytes[4..]), IsSmall: false);
    }

    /// <summary>
    /// Reads an element's data, a whole number of values of a type, as little endian, and its padding; the last element's
    /// padding may be missing.
    /// </summary>
    public byte[] ReadData(MatTag tag, ElementType type)
    {
        var data = ReadBytes(tag.Length);
        Skip(Math.Min(tag.Padding, Remaining));
        if (isBigEndian)
            ByteOrder.Reverse(data, type);
        return data;
    }

    public byte[] ReadBytes(long count)
    {
        CheckInside(count);
        if (count > Array.MaxLength)
            throw Invalid($"{count} bytes in one element are more than the {Array.MaxLength} that are supported.");
        var data = new byte[isKnownLength ? count : Math.Min(count, FirstChunk)];
        var filled = 0;
        while (true)
        {
            ReadExactly(data.AsSpan(filled));
            filled = data.Length;
            if (filled == count)
                return data;
            Array.Resize(ref data, (int)Math.Min(count, 2L * filled));
        }
    }

    public void Skip(long count)
    {
        CheckInside(count);
        if (isKnownLength)
        {
            stream.Seek(count, SeekOrigin.Current);
            Remaining -= count;
            return;
        }
        Span<byte> sink = stackalloc byte[256];
        for (; count > 0; count -= Math.Min(count, sink.Length))
            ReadExactly(sink[..(int)Math.Min(count, sink.Length)]);
    }

    /// <summary>Requires that the element and its stream end here.</summary>
    public void ExpectEnd()
    {
        Span<byte> one = stackalloc byte[1];
        if (Remaining > 0 || Read(one) > 0)
            throw Invalid("data follow after its end; the file is damaged.");
    }

    private void ReadExactly(Span<byte> buffer)
    {
        CheckInside(buffer.Length);
        if (Read(buffer) < buffer.Length)
            throw Invalid("the data end too early; the file is truncated or damaged.");
        Remaining -= buffer.Length;
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        // Decompression reads from memory: an IOException there is zlib's (a preset dictionary, for example).
        catch (Exception e) when (!isKnownLength && e is (InvalidDataException or IOException))
        {
            throw Invalid("the compressed data are damaged.", e);
        }
    }

    private void CheckInside(long count)
    {
        if (count > Remaining)
            throw Invalid($"{count} bytes should follow, but its element ends after {Remaining}; the file is damaged.");
    }

    private uint ToUInt32(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
