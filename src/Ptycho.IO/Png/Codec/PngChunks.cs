using System.Buffers.Binary;
using System.Text;
using Ptycho.IO.Files;

namespace Ptycho.IO.Png.Codec;

/// <summary>The outer structure of a PNG: a signature, then chunks of length, type, data, CRC-32.</summary>
internal static class PngChunks
{
    /// <summary>Half of what one .NET array can have, so that the chunks of one image can be put together.</summary>
    private const uint LongestChunk = 1 << 30;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static void Write(Stream stream, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        stream.Write(word);
        Encoding.ASCII.GetBytes(type, word);
        var crc = Crc32.Compute(data, Crc32.Compute(word));
        stream.Write(word);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, crc);
        stream.Write(word);
    }

    /// <summary>Reads the next chunk, after checking its length against the rest of the file.</summary>
    public static (string Type, byte[] Data) Read(Stream stream, string file)
    {
        Span<byte> head = stackalloc byte[8];
        DataFile.ReadExactly(stream, head, file, "a chunk");
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        var type = Encoding.Latin1.GetString(head[4..]);
        var available = stream.Length - stream.Position - 4;
        if (length > available)
            throw DataFile.Invalid(file, $"the chunk '{type}' should have {length} bytes, but the file ends before.");
        if (length > LongestChunk)
            throw DataFile.Invalid(file, $"the chunk '{type}' has {length} bytes, more than {LongestChunk}.");
        var data = new byte[length];
        DataFile.ReadExactly(stream, data, file, $"the chunk '{type}'");
        Span<byte> crc = stackalloc byte[4];
        DataFile.ReadExactly(stream, crc, file, $"the chunk '{type}'");
        if (Crc32.Compute(data, Crc32.Compute(head[4..])) != BinaryPrimitives.ReadUInt32BigEndian(crc))
            throw DataFile.Invalid(file, $"the checksum of the chunk '{type}' is wrong; the file is damaged.");
        return (type, data);
    }
}
