using Ptycho.IO.Arrays;

namespace Ptycho.IO.Tiff.Format;

/// <summary>How the samples of one page lie in the file: one channel of numbers, in strips or tiles.</summary>
internal sealed record TiffPage
{
    public required int Number { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required ElementType Type { get; init; }
    public required int Compression { get; init; }
    public required int Predictor { get; init; }

    /// <summary>Columns of a block: those of a tile, or the page's.</summary>
    public required int BlockWidth { get; init; }

    /// <summary>Rows of a block: those of a tile, or of a strip.</summary>
    public required int BlockHeight { get; init; }

    public required bool Tiled { get; init; }
    public required long[] Offsets { get; init; }
    public required long[] Counts { get; init; }

    public int BlocksAcross => (int)((Width + BlockWidth - 1L) / BlockWidth);

    public int ByteLength => Width * Height * ElementTypes.SizeOf(Type);

    /// <summary>Rows that a block has in the file: the last strip is shorter, tiles are padded.</summary>
    public int StoredRows(int block) =>
        Tiled ? BlockHeight : Math.Min(BlockHeight, Height - block / BlocksAcross * BlockHeight);

    /// <summary>Unpacked bytes of a block.</summary>
    public int BlockLength(int block) => StoredRows(block) * BlockWidth * ElementTypes.SizeOf(Type);

    public static TiffPage Parse(TiffInput input, TiffDirectory directory, int number)
    {
        var width = Size(directory, directory.Required(TiffTag.ImageWidth, "the width"), "columns");
        var height = Size(directory, directory.Required(TiffTag.ImageLength, "the height"), "rows");
        var type = SampleType(directory);
        if (ArrayShape.TryByteLength([height, width], type) is null)
            throw directory.Invalid($"{height}×{width} of {type} are too large for one array.");
        var tiled = directory.Has(TiffTag.TileWidth) || directory.Has(TiffTag.TileOffsets);
        var (blockWidth, blockHeight) = tiled
            ? (
                Size(directory, directory.Required(TiffTag.TileWidth, "the width of tiles"), "columns of a tile"),
                Size(directory, directory.Required(TiffTag.TileLength, "the height of tiles"), "rows of a tile")
            )
            : (width, (int)Math.Clamp(directory.Number(TiffTag.RowsPerStrip) ?? height, 0, height));
        if (blockHeight < 1)
            throw directory.Invalid("strips have no rows.");
        if (ArrayShape.TryByteLength([blockHeight, blockWidth], type) is null)
            throw directory.Invalid($"blocks of {blockHeight}×{blockWidth} are too large.");
        var page = new TiffPage
        {
            Number = number,
            Width = width,
            Height = height,
            Type = type,
            Compression = (int)(directory.Number(TiffTag.Compression) ?? 1),
            Predictor = (int)(directory.Number(TiffTag.Predictor) ?? 1),
            BlockWidth = blockWidth,
            BlockHeight = blockHeight,
            Tiled = tiled,
            Offsets = Blocks(directory, tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, "offsets"),
            Counts = Blocks(directory, tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts, "byte counts"),
        };
        TiffPageCheck.Require(page, input, directory);
        return page;
    }

    private static long[] Blocks(TiffDirectory directory, ushort tag, string what) =>
        directory.Numbers(tag) ?? throw directory.Invalid($"the {what} of its blocks are missing.");

    private static int Size(TiffDirectory directory, long value, string what) =>
        value is >= 1 and <= int.MaxValue ? (int)value : throw directory.Invalid($"it has {value} {what}.");

    private static ElementType SampleType(TiffDirectory directory)
    {
        var channels = directory.Number(TiffTag.SamplesPerPixel) ?? 1;
        if (channels != 1)
            throw directory.Invalid($"it has {channels} samples a pixel; only pages of one number a pixel are data.");
        var photometric = directory.Number(TiffTag.Photometric) ?? 1;
        if (photometric is not (0 or 1))
            throw directory.Invalid($"its colours (photometric {photometric}) are no grey values.");
        if (directory.Number(TiffTag.FillOrder) is { } order and not 1)
            throw directory.Invalid($"bits in the order {order} are not supported.");
        var bits = directory.Number(TiffTag.BitsPerSample) ?? 1;
        var format = directory.Number(TiffTag.SampleFormat) ?? 1;
        return (format, bits) switch
        {
            (1 or 4, 8) => ElementType.UInt8,
            (1 or 4, 16) => ElementType.UInt16,
            (1 or 4, 32) => ElementType.UInt32,
            (1 or 4, 64) => ElementType.UInt64,
            (2, 8) => ElementType.Int8,
            (2, 16) => ElementType.Int16,
            (2, 32) => ElementType.Int32,
            (2, 64) => ElementType.Int64,
            (3, 16) => ElementType.Float16,
            (3, 32) => ElementType.Float32,
            (3, 64) => ElementType.Float64,
            (6, 64) => ElementType.Complex64,
            (6, 128) => ElementType.Complex128,
            _ => throw directory.Invalid($"samples of {bits} bits in format {format} are not supported."),
        };
    }
}
