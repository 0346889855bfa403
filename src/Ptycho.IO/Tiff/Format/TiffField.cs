using System.Runtime.InteropServices;
using System.Text;

namespace Ptycho.IO.Tiff.Format;

/// <summary>One field of a directory: where its values lie, of which of TIFF's types, and how many they are.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TiffField(ushort Type, long Count, long Offset)
{
    /// <summary>Of one field; 64 million offsets.</summary>
    private const long MostBytes = 1 << 29;

    /// <summary>Bytes of a value, or 0 for types that are not known.</summary>
    public static int SizeOf(ushort type) =>
        type switch
        {
            1 or 2 or 6 or 7 => 1,
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 0,
        };

    /// <summary>All values, whole numbers; the directory has checked that they lie in the file.</summary>
    public long[] Numbers(TiffInput input, string what)
    {
        var size = Type is 1 or 3 or 4 or 13 or 16 or 18
            ? SizeOf(Type)
            : throw input.Invalid($"{what} has the type {Type}, which is no whole number.");
        var bytes = input.Bytes(Offset, Length(size, input, what), what);
        var values = new long[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = size switch
            {
                1 => bytes[i],
                2 => input.UInt16(bytes[(2 * i)..]),
                4 => input.UInt32(bytes[(4 * i)..]),
                _ => TiffInput.Offset(input.UInt64(bytes[(8 * i)..])),
            };
        return values;
    }

    public string Text(TiffInput input, string what) =>
        Type == 2
            ? Encoding.Latin1.GetString(input.Bytes(Offset, Length(1, input, what), what)).TrimEnd('\0')
            : throw input.Invalid($"{what} has the type {Type}, which is no text.");

    // In a file of more than 2 GiB the values may lie in it and still be too many for one array.
    private int Length(int size, TiffInput input, string what) =>
        Count <= MostBytes / size
            ? (int)Count * size
            : throw input.Invalid($"{what} has {Count} values; {MostBytes} bytes of them can be read.");
}
