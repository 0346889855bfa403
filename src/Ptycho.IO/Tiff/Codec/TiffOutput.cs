using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Tiff.Format;

namespace Ptycho.IO.Tiff.Codec;

/// <summary>Writes little-endian TIFF or BigTIFF: for each page its strips, then its directory.</summary>
internal sealed class TiffOutput
{
    private const int StripBytes = 1 << 20;

    private readonly Stream _stream;
    private readonly TiffOptions _options;
    private long _link;
    private bool _first = true;

    public TiffOutput(Stream stream, TiffOptions options)
    {
        _stream = stream;
        _options = options;
        stream.Write(options.Big ? [0x49, 0x49, 43, 0, 8, 0, 0, 0] : [0x49, 0x49, 42, 0]);
        _link = stream.Position;
        WriteOffset(0);
    }

    public void WritePage(ReadOnlySpan<byte> samples, int height, int width, ElementType type)
    {
        var rowLength = width * ElementTypes.SizeOf(type);
        var rows = Math.Clamp(StripBytes / rowLength, 1, height);
        var (offsets, counts) = (new List<long>(), new List<long>());
        for (var top = 0; top < height; top += rows)
        {
            var strip = samples.Slice(top * rowLength, Math.Min(rows, height - top) * rowLength);
            offsets.Add(_stream.Position);
            if (_options.Compression == TiffCompression.None)
                _stream.Write(strip);
            else
                Deflate(strip, rowLength, type);
            counts.Add(_stream.Position - offsets[^1]);
        }
        WriteDirectory(Fields(height, width, rows, type, [.. offsets], [.. counts]));
        _first = false;
    }

    private List<(ushort Tag, ushort Type, long[] Values)> Fields(
        int height,
        int width,
        int rows,
        ElementType type,
        long[] offsets,
        long[] counts
    )
    {
        const ushort shorts = 3;
        const ushort longs = 4;
        var deflated = _options.Compression != TiffCompression.None;
        var places = (ushort)(_options.Big ? 16 : longs);
        var fields = new List<(ushort, ushort, long[])>
        {
            (TiffTag.ImageWidth, longs, [width]),
            (TiffTag.ImageLength, longs, [height]),
            (TiffTag.BitsPerSample, shorts, [8 * ElementTypes.SizeOf(type)]),
            (TiffTag.Compression, shorts, [deflated ? TiffDecoder.Deflate : TiffDecoder.None]),
            (TiffTag.Photometric, shorts, [1]),
            (TiffTag.StripOffsets, places, offsets),
            (TiffTag.SamplesPerPixel, shorts, [1]),
            (TiffTag.RowsPerStrip, longs, [rows]),
            (TiffTag.StripByteCounts, places, counts),
            (TiffTag.SampleFormat, shorts, [Format(type)]),
        };
        if (deflated && IsWhole(type))
            fields.Add((TiffTag.Predictor, shorts, [2]));
        if (_first && _options.Description is { } text)
            fields.Add((TiffTag.ImageDescription, 2, [.. Encoding.ASCII.GetBytes(text + '\0').Select(b => (long)b)]));
        fields.Sort((a, b) => a.Item1.CompareTo(b.Item1));
        return fields;
    }

    // Values that do not fit their field lie before the directory.
    private void WriteDirectory(List<(ushort Tag, ushort Type, long[] Values)> fields)
    {
        var inline = _options.Big ? 8 : 4;
        var entries = new byte[fields.Count][];
        for (var i = 0; i < fields.Count; i++)
        {
            var (tag, type, values) = fields[i];
            var packed = Pack(type, values);
            if (packed.Length > inline)
            {
                var place = Align();
                _stream.Write(packed);
                packed = Offset(place);
            }
            Array.Resize(ref packed, inline);
            var head = new byte[4];
            BinaryPrimitives.WriteUInt16LittleEndian(head, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), type);
            entries[i] = [.. head, .. Offset(values.Length), .. packed];
        }
        var start = Align();
        var count = new byte[_options.Big ? 8 : 2];
        BinaryPrimitives.WriteUInt16LittleEndian(count, (ushort)entries.Length);
        _stream.Write(count);
        foreach (var entry in entries)
            _stream.Write(entry);
        var link = _stream.Position;
        WriteOffset(0);
        var end = _stream.Position;
        _stream.Position = _link;
        WriteOffset(start);
        _stream.Position = end;
        _link = link;
    }

    private void Deflate(ReadOnlySpan<byte> strip, int rowLength, ElementType type)
    {
        var rows = strip.ToArray();
        if (IsWhole(type))
            for (var at = 0; at < rows.Length; at += rowLength)
                TiffPredictor.Difference(rows.AsSpan(at, rowLength), ElementTypes.SizeOf(type));
        using var zlib = new ZLibStream(_stream, CompressionLevel.Optimal, leaveOpen: true);
        zlib.Write(rows);
    }

    private long Align()
    {
        while (_stream.Position % 8 != 0)
            _stream.WriteByte(0);
        return _stream.Position;
    }

    private void WriteOffset(long value) => _stream.Write(Offset(value));

    private byte[] Offset(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (_options.Big)
            return bytes;
        return value <= uint.MaxValue
            ? bytes[..4]
            : throw new IOException("A plain TIFF has at most 4 GiB; set Big to write a BigTIFF.");
    }

    private byte[] Pack(ushort type, long[] values)
    {
        if (type is 4 or 16 && !_options.Big && values.Any(value => value > uint.MaxValue))
            Offset(values.Max());
        var size = TiffField.SizeOf(type);
        var packed = new byte[values.Length * size];
        Span<byte> bytes = stackalloc byte[8];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, values[i]);
            bytes[..size].CopyTo(packed.AsSpan(i * size));
        }
        return packed;
    }

    private static long Format(ElementType type) =>
        ElementTypes.IsComplex(type) ? 6
        : type is ElementType.Float16 or ElementType.Float32 or ElementType.Float64 ? 3
        : type is ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64 ? 2
        : 1;

    private static bool IsWhole(ElementType type) => Format(type) is 1 or 2;
}
