using System.IO.Compression;
using Ptycho.IO.Files;

namespace Ptycho.IO.Tiff.Codec;

/// <summary>Unpacks the bytes of one strip or tile.</summary>
internal static class TiffDecoder
{
    public const int None = 1;
    public const int Lzw = 5;
    public const int Deflate = 8;
    public const int OldDeflate = 32946;
    public const int PackBits = 32773;

    public static bool Knows(int compression) => compression is None or Lzw or Deflate or OldDeflate or PackBits;

    /// <summary>How many bytes can come from one: what claims more is a bomb or damaged.</summary>
    public static long LargestRatio(int compression) =>
        compression switch
        {
            // A code of 9 to 12 bits stands for at most 4096 bytes, but the table must grow to it one by one.
            Lzw => 2048,
            PackBits => 64,
            Deflate or OldDeflate => UnpackingStream.LargestRatio,
            _ => 1,
        };

    /// <summary>Fills the destination; bytes that are packed beyond it are passed over, as libtiff does.</summary>
    /// <exception cref="InvalidDataException">The packed bytes are damaged or too few; <paramref name="what"/> is named.
    /// </exception>
    public static void Decode(int compression, byte[] packed, int length, Span<byte> destination, string what)
    {
        switch (compression)
        {
            case None:
                packed.AsSpan(0, destination.Length).CopyTo(destination);
                break;
            case Lzw:
                LzwDecoder.Decode(packed.AsSpan(0, length), destination, what);
                break;
            case PackBits:
                PackBitsDecoder.Decode(packed.AsSpan(0, length), destination, what);
                break;
            default:
                using (
                    var stream = new UnpackingStream(
                        new ZLibStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress),
                        what
                    )
                )
                    DataFile.ReadExactly(stream, destination, what, "the unpacked block");
                break;
        }
    }
}
