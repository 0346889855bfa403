using System.IO.Compression;
using Ptycho.IO.Files;

namespace Ptycho.IO.Png.Codec;

/// <summary>Reads 8-bit grey, RGB and RGBA without interlacing; transparency is laid over white.</summary>
internal static class PngReader
{
    public static RgbImage Read(Stream stream, string file)
    {
        Span<byte> signature = stackalloc byte[8];
        DataFile.ReadExactly(stream, signature, file, "the PNG signature");
        if (!signature.SequenceEqual(PngChunks.Signature))
            throw DataFile.Invalid(file, "not a PNG file: the signature is missing.");
        var (type, data) = PngChunks.Read(stream, file);
        if (!string.Equals(type, "IHDR", StringComparison.Ordinal))
            throw DataFile.Invalid(file, $"the first chunk must be IHDR, not '{type}'.");
        var header = PngHeader.Parse(data, file);
        using var packed = ReadPacked(stream, file);
        if (header.RawLength / UnpackingStream.LargestRatio > packed.Length)
            throw DataFile.Invalid(
                file,
                $"{header.Width}×{header.Height} pixels cannot come from {packed.Length} packed bytes."
            );
        return ToImage(Unpack(packed, header, file), header, file);
    }

    private static MemoryStream ReadPacked(Stream stream, string file)
    {
        var packed = new MemoryStream();
        var ended = false;
        while (true)
        {
            var (type, data) = PngChunks.Read(stream, file);
            if (string.Equals(type, "IEND", StringComparison.Ordinal))
                break;
            var isData = string.Equals(type, "IDAT", StringComparison.Ordinal);
            if (isData && ended)
                throw DataFile.Invalid(file, "the IDAT chunks are not together.");
            if (isData && packed.Length + data.Length > Array.MaxLength)
                throw DataFile.Invalid(file, $"the image has more than {Array.MaxLength} packed bytes.");
            if (isData)
                packed.Write(data);
            // A capital first letter marks a chunk that must be understood; a palette beside RGB is only a hint.
            else if (char.IsAsciiLetterUpper(type[0]) && !string.Equals(type, "PLTE", StringComparison.Ordinal))
                throw DataFile.Invalid(file, $"the chunk '{type}' is not known.");
            ended = packed.Length > 0 && !isData;
        }
        packed.Position = 0;
        return packed;
    }

    private static byte[] Unpack(MemoryStream packed, PngHeader header, string file)
    {
        var raw = new byte[header.RawLength];
        using var stream = new UnpackingStream(new ZLibStream(packed, CompressionMode.Decompress), file);
        DataFile.ReadExactly(stream, raw, file, "the unpacked pixels");
        return stream.ReadByte() < 0 ? raw : throw DataFile.Invalid(file, "there are more pixels than IHDR says.");
    }

    private static RgbImage ToImage(byte[] raw, PngHeader header, string file)
    {
        var image = new RgbImage(header.Width, header.Height);
        var length = header.Width * header.Channels;
        ReadOnlySpan<byte> previous = new byte[length];
        for (var y = 0; y < header.Height; y++)
        {
            var filter = raw[y * (length + 1)];
            if (filter >= PngFilter.Count)
                throw DataFile.Invalid(file, $"row {y} has the unknown filter {filter}.");
            var row = raw.AsSpan(y * (length + 1) + 1, length);
            PngFilter.Decode(filter, row, previous, header.Channels);
            for (var x = 0; x < header.Width; x++)
                image[y, x] = ToRgb(row.Slice(x * header.Channels, header.Channels));
            previous = row;
        }
        return image;
    }

    private static Rgb ToRgb(ReadOnlySpan<byte> samples)
    {
        var color =
            samples.Length < 3
                ? new Rgb(samples[0], samples[0], samples[0])
                : new Rgb(samples[0], samples[1], samples[2]);
        return samples.Length % 2 == 1
            ? color
            : new Rgb(
                OverWhite(color.R, samples[^1]),
                OverWhite(color.G, samples[^1]),
                OverWhite(color.B, samples[^1])
            );
    }

    private static byte OverWhite(int value, int alpha) => (byte)((value * alpha + 255 * (255 - alpha) + 127) / 255);
}
