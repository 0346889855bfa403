using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>The header of an npy file (numpy's NEP 1, versions 1 to 3).</summary>
internal sealed record NpyHeader(ElementType Type, bool BigEndian, bool FortranOrder, ImmutableArray<long> Shape)
{
    /// <summary>The most axes; numpy's own limit.</summary>
    public const int MaximumRank = 64;

    /// <summary>The longest text; ours need about 100 bytes, and numpy itself refuses more than 10000.</summary>
    private const int LongestText = 65535;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Bytes of the elements.</summary>
    public long DataLength { get; } = Length(Shape, Type) ?? throw new ArgumentException("Too large.", nameof(Shape));

    /// <summary>The shape of one .NET array, or null where it doesn't fit one.</summary>
    public int[]? ArrayShapeOrNull()
    {
        var shape = new int[Shape.Length];
        for (var axis = 0; axis < shape.Length; axis++)
            shape[axis] = Shape[axis] <= int.MaxValue ? (int)Shape[axis] : -1;
        return ArrayShape.TryByteLength(shape, Type) is null ? null : shape;
    }

    /// <summary>Such as "[2, 3]".</summary>
    public string DescribeShape() =>
        $"[{string.Join(", ", Shape.Select(axis => axis.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>Reads a header and says its length in bytes; the stream is then at the first element.</summary>
    /// <exception cref="InvalidDataException">Anything is wrong; the message names the file.</exception>
    public static NpyHeader Read(Stream stream, string file, out int length)
    {
        Span<byte> start = stackalloc byte[8];
        DataFile.ReadExactly(stream, start, file, "the npy header");
        if (!start[..6].SequenceEqual(Magic))
            throw DataFile.Invalid(file, "not an npy file: it doesn't start with \\x93NUMPY.");
        if (start[6] is < 1 or > 3 || start[7] != 0)
            throw DataFile.Invalid(file, $"npy version {start[6]}.{start[7]} is not known; 1.0, 2.0 and 3.0 are.");
        Span<byte> count = stackalloc byte[start[6] == 1 ? 2 : 4];
        DataFile.ReadExactly(stream, count, file, "the npy header");
        long textLength = 0;
        for (var i = 0; i < count.Length; i++)
            textLength |= (long)count[i] << (8 * i);
        if (textLength > LongestText)
            throw DataFile.Invalid(file, $"an npy header of {textLength} bytes is longer than {LongestText}.");
        var text = new byte[textLength];
        DataFile.ReadExactly(stream, text, file, "the npy header");
        length = start.Length + count.Length + text.Length;
        return Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), file);
    }

    /// <summary>A version 1.0 header, padded so that the elements start at a multiple of 64 bytes.</summary>
    /// <exception cref="ArgumentException">numpy has no such type, or there are too many axes.</exception>
    public static byte[] Format(NumericArray array)
    {
        var descr = NpyDescr.Format(array.ElementType);
        if (descr is null)
            throw new ArgumentException($"numpy has no {array.ElementType}: convert to float32 first.", nameof(array));
        if (array.Shape.Length > MaximumRank)
            throw new ArgumentException(
                $"{array} has {array.Shape.Length} axes; npy holds at most {MaximumRank}.",
                nameof(array)
            );
        var axes = string.Join(", ", array.Shape.Select(axis => axis.ToString(CultureInfo.InvariantCulture)));
        var comma = array.Shape.Length == 1 ? "," : "";
        var text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({axes}{comma}), }}";
        var textLength = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        text = text.PadRight(textLength - 1) + '\n';
        return [.. Magic, 1, 0, (byte)textLength, (byte)(textLength >> 8), .. Encoding.ASCII.GetBytes(text)];
    }

    private static NpyHeader Parse(string text, string file)
    {
        var (descr, fortranOrder, shape) = NpyHeaderParser.Parse(text, file);
        var (type, bigEndian) = NpyDescr.Parse(descr, file);
        return Length([.. shape], type) is null
            ? throw DataFile.Invalid(file, $"an array {type} of {shape.Length} axes is too large to be read.")
            : new NpyHeader(type, bigEndian, fortranOrder, [.. shape]);
    }

    private static long? Length(ImmutableArray<long> shape, ElementType type)
    {
        if (shape.Contains(0))
            return 0;
        UInt128 bytes = (uint)ElementTypes.SizeOf(type);
        foreach (var axis in shape)
        {
            bytes *= (ulong)axis;
            if (bytes > long.MaxValue)
                return null;
        }
        return (long)bytes;
    }
}
