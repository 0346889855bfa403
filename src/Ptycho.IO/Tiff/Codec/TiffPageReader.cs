using Ptycho.IO.Arrays;
using Ptycho.IO.Tiff.Format;

namespace Ptycho.IO.Tiff.Codec;

/// <summary>Puts the strips or tiles of a page together.</summary>
internal sealed class TiffPageReader(TiffInput input)
{
    private byte[] _packed = [];
    private byte[] _block = [];

    /// <summary>Fills the destination, which has the page's length, with little-endian samples in rows.</summary>
    public void Read(TiffPage page, Span<byte> destination)
    {
        var size = ElementTypes.SizeOf(page.Type);
        for (var block = 0; block < page.Offsets.Length; block++)
        {
            var top = block / page.BlocksAcross * page.BlockHeight;
            var left = block % page.BlocksAcross * page.BlockWidth;
            var rows = Math.Min(page.BlockHeight, page.Height - top);
            var columns = Math.Min(page.BlockWidth, page.Width - left);
            if (columns == page.Width && page.BlockWidth == page.Width && rows == page.StoredRows(block))
            {
                var start = top * page.Width * size;
                Unpack(page, block, destination.Slice(start, page.BlockLength(block)));
                continue;
            }
            if (_block.Length < page.BlockLength(block))
                _block = new byte[page.BlockLength(block)];
            var stored = _block.AsSpan(0, page.BlockLength(block));
            Unpack(page, block, stored);
            for (var row = 0; row < rows; row++)
                stored
                    .Slice(row * page.BlockWidth * size, columns * size)
                    .CopyTo(destination[(((top + row) * page.Width + left) * size)..]);
        }
    }

    private void Unpack(TiffPage page, int block, Span<byte> destination)
    {
        var what = $"page {page.Number}, block {block}";
        if (page.Compression == TiffDecoder.None)
            input.ReadAt(page.Offsets[block], destination, what);
        else
        {
            // The page was checked: the block lies in the file, so it is no longer than that.
            var length = (int)Math.Min(page.Counts[block], Array.MaxLength);
            if (_packed.Length < length)
                _packed = new byte[length];
            input.ReadAt(page.Offsets[block], _packed.AsSpan(0, length), what);
            TiffDecoder.Decode(page.Compression, _packed, length, destination, $"{input.File}: {what}");
        }
        var rowLength = page.BlockWidth * ElementTypes.SizeOf(page.Type);
        TiffPredictor.Restore(page.Predictor, destination, rowLength, page.Type, input.BigEndian);
    }
}
