using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Tiff.Codec;

/// <summary>
/// Rows that are stored as differences of neighbours: 2, of whole numbers; 3, of the bytes of floats sorted by
/// significance (technical note 3 of Photoshop's TIFF).
/// </summary>
internal static class TiffPredictor
{
    /// <summary>Brings unpacked rows into little-endian samples.</summary>
    public static void Restore(int predictor, Span<byte> rows, int rowLength, ElementType type, bool bigEndian)
    {
        if (predictor == 3)
        {
            for (var at = 0; at + rowLength <= rows.Length; at += rowLength)
                RestoreFloats(rows.Slice(at, rowLength), ElementTypes.SizeOf(type));
            return;
        }
        if (bigEndian)
            ByteOrder.Reverse(rows, type);
        if (predictor != 2)
            return;
        for (var at = 0; at + rowLength <= rows.Length; at += rowLength)
            Sum(rows.Slice(at, rowLength), ElementTypes.SizeOf(type));
    }

    /// <summary>Turns little-endian whole numbers into differences, in place.</summary>
    public static void Difference(Span<byte> row, int size)
    {
        switch (size)
        {
            case 1:
                for (var i = row.Length - 1; i > 0; i--)
                    row[i] -= row[i - 1];
                break;
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(row);
                for (var i = words.Length - 1; i > 0; i--)
                    words[i] -= words[i - 1];
                break;
            case 4:
                var doubleWords = MemoryMarshal.Cast<byte, uint>(row);
                for (var i = doubleWords.Length - 1; i > 0; i--)
                    doubleWords[i] -= doubleWords[i - 1];
                break;
            default:
                var quadWords = MemoryMarshal.Cast<byte, ulong>(row);
                for (var i = quadWords.Length - 1; i > 0; i--)
                    quadWords[i] -= quadWords[i - 1];
                break;
        }
    }

    private static void Sum(Span<byte> row, int size)
    {
        switch (size)
        {
            case 1:
                for (var i = 1; i < row.Length; i++)
                    row[i] += row[i - 1];
                break;
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(row);
                for (var i = 1; i < words.Length; i++)
                    words[i] += words[i - 1];
                break;
            case 4:
                var doubleWords = MemoryMarshal.Cast<byte, uint>(row);
                for (var i = 1; i < doubleWords.Length; i++)
                    doubleWords[i] += doubleWords[i - 1];
                break;
            default:
                var quadWords = MemoryMarshal.Cast<byte, ulong>(row);
                for (var i = 1; i < quadWords.Length; i++)
                    quadWords[i] += quadWords[i - 1];
                break;
        }
    }

    // All first bytes of the row, then all second ones, most significant first, whatever the file's byte order.
    private static void RestoreFloats(Span<byte> row, int size)
    {
        Sum(row, 1);
        var sorted = row.ToArray();
        var count = row.Length / size;
        for (var i = 0; i < count; i++)
        for (var b = 0; b < size; b++)
            row[i * size + b] = sorted[(size - 1 - b) * count + i];
    }
}
