using System.Buffers.Binary;
using System.IO.Compression;

namespace Ptycho.IO.Png.Codec;

/// <summary>Writes 8-bit RGB without interlacing.</summary>
internal static class PngWriter
{
    private const int BytesPerPixel = 3;

    public static void Write(Stream stream, RgbImage image)
    {
        stream.Write(PngChunks.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = 2;
        header[10..].Clear();
        PngChunks.Write(stream, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            WriteRows(zlib, image);
        PngChunks.Write(stream, "IDAT", packed.GetBuffer().AsSpan(0, (int)packed.Length));
        PngChunks.Write(stream, "IEND", []);
    }

    // Each row takes the filter with the smallest sum of absolute differences, the specification's own advice.
    private static void WriteRows(Stream stream, RgbImage image)
    {
        var length = BytesPerPixel * image.Width;
        ReadOnlySpan<byte> previous = new byte[length];
        var best = new byte[length + 1];
        var candidate = new byte[length + 1];
        for (var y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Pixels.AsSpan(y * length, length);
            var smallest = long.MaxValue;
            for (var filter = 0; filter < PngFilter.Count; filter++)
            {
                candidate[0] = (byte)filter;
                PngFilter.Encode(filter, row, previous, BytesPerPixel, candidate.AsSpan(1));
                var cost = PngFilter.Cost(candidate.AsSpan(1));
                if (cost >= smallest)
                    continue;
                smallest = cost;
                (best, candidate) = (candidate, best);
            }
            stream.Write(best);
            previous = row;
        }
    }
}
