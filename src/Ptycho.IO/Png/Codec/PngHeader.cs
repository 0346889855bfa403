using System.Buffers.Binary;
using Ptycho.IO.Files;

namespace Ptycho.IO.Png.Codec;

/// <summary>
/// What IHDR says; only kinds that can be read. Channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
/// </summary>
internal readonly record struct PngHeader(int Width, int Height, int Channels)
{
    /// <summary>Bytes of the unpacked rows, each with a filter byte before it.</summary>
    public long RawLength => Height * (1L + (long)Width * Channels);

    public static PngHeader Parse(ReadOnlySpan<byte> data, string file)
    {
        if (data.Length != 13)
            throw DataFile.Invalid(file, $"IHDR has {data.Length} bytes, not 13.");
        var width = BinaryPrimitives.ReadInt32BigEndian(data);
        var height = BinaryPrimitives.ReadInt32BigEndian(data[4..]);
        if (width < 1 || height < 1 || (long)width * height > Array.MaxLength / 3)
            throw DataFile.Invalid(file, $"an image of {width}×{height} pixels cannot be read.");
        var channels = data[9] switch
        {
            0 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 0,
        };
        if (data[8] != 8 || channels == 0)
            throw DataFile.Invalid(
                file,
                $"{data[8]} bits a sample with colour type {data[9]} is not supported; "
                    + "save the image as 8-bit grey, RGB or RGBA."
            );
        if (data[10] != 0 || data[11] != 0 || data[12] != 0)
            throw DataFile.Invalid(file, "interlaced images are not supported; save the image without interlacing.");
        var header = new PngHeader(width, height, channels);
        return header.RawLength > Array.MaxLength
            ? throw DataFile.Invalid(file, $"an image of {width}×{height} pixels cannot be read.")
            : header;
    }
}
