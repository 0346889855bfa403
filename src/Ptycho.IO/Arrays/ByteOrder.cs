using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ptycho.IO.Arrays;

/// <summary>Turns big-endian elements into little-endian ones, in place.</summary>
internal static class ByteOrder
{
    public static void Reverse(Span<byte> bytes, ElementType type)
    {
        var part = ElementTypes.IsComplex(type) ? ComplexPlanes.PartType(type) : type;
        switch (ElementTypes.SizeOf(part))
        {
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                var doubleWords = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            case 8:
                var quadWords = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }
}
