using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Ptycho.IO.Tests.Matlab;

/// <summary>Builds MAT 5 files byte by byte, in either byte order, right or wrong as asked.</summary>
public sealed class MatBytes(bool bigEndian = false)
{
    public const int Double = 6;
    public const int Single = 7;
    public const int Char = 4;
    public const uint Complex = 0x0800;
    public const uint Logical = 0x0200;

    private readonly List<byte> _file = [];

    /// <summary>The file's header and the variables added so far.</summary>
    public byte[] ToArray(int version = 0x0100)
    {
        var header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file").CopyTo(header, 0);
        if (bigEndian)
            BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(124), (short)version);
        else
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(124), (short)version);
        Encoding.ASCII.GetBytes(bigEndian ? "MI" : "IM").CopyTo(header, 126);
        return [.. header, .. _file];
    }

    public MatBytes Add(byte[] variable)
    {
        _file.AddRange(variable);
        return this;
    }

    /// <summary>A variable with one or two parts that <see cref="Element{T}"/> made.</summary>
    public byte[] Matrix(string name, uint classAndFlags, int[] shape, params byte[][] parts) =>
        Element<byte>(
            14,
            [
                .. Element(6, [classAndFlags, 0u]),
                .. Element(5, shape),
                .. Element(1, Encoding.ASCII.GetBytes(name)),
                .. parts.SelectMany(p => p),
            ]
        );

    /// <summary>An element with its tag and padding; data of 1 to 4 bytes may stand inside the tag.</summary>
    public byte[] Element<T>(int type, T[] values, bool small = false)
        where T : unmanaged
    {
        var data = MemoryMarshal.AsBytes<T>(values).ToArray();
        var size = Marshal.SizeOf<T>();
        for (var i = 0; bigEndian && i < data.Length; i += size)
            Array.Reverse(data, i, size);
        if (small)
            return [.. Word((uint)(data.Length << 16 | type)), .. data, .. new byte[4 - data.Length]];
        return [.. Tag(type, (uint)data.Length), .. data, .. new byte[-data.Length & 7]];
    }

    public byte[] Compressed(byte[] element)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(element);
        // No padding follows compressed elements.
        return [.. Tag(15, (uint)memory.Length), .. memory.ToArray()];
    }

    public byte[] Tag(int type, uint length) => [.. Word((uint)type), .. Word(length)];

    private byte[] Word(uint value)
    {
        var bytes = BitConverter.GetBytes(value);
        if (bigEndian)
            Array.Reverse(bytes);
        return bytes;
    }
}
