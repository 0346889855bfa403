using Ptycho.IO.Files;

namespace Ptycho.IO.Tiff.Codec;

/// <summary>
/// LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, that grow one code early. The
/// table keeps, for each code, where in the output its text was first written, and how long it is.
/// </summary>
internal static class LzwDecoder
{
    private const int Clear = 256;
    private const int End = 257;
    private const int First = 258;
    private const int Size = 4096;

    public static void Decode(ReadOnlySpan<byte> packed, Span<byte> destination, string what)
    {
        Span<int> starts = stackalloc int[Size];
        Span<int> lengths = stackalloc int[Size];
        var next = First;
        var width = 9;
        var bit = 0L;
        var written = 0;
        var (previousStart, previousLength) = (0, 0);
        while (written < destination.Length)
        {
            var code = Code(packed, ref bit, width);
            if (code is < 0 or End)
                throw DataFile.Invalid(what, "the packed bytes end too early.");
            if (code == Clear)
            {
                (next, width, previousLength) = (First, 9, 0);
                continue;
            }
            var start = written;
            int length;
            if (code < Clear)
            {
                destination[written++] = (byte)code;
                length = 1;
            }
            else
            {
                // The code that is just being made stands for the last text and its own first byte.
                var known = code < next;
                if (previousLength == 0 || (!known && code != next))
                    throw DataFile.Invalid(what, $"the code {code} is not known yet.");
                var from = known ? starts[code] : previousStart;
                length = known ? lengths[code] : previousLength + 1;
                var end = Math.Min(written + length, destination.Length);
                // Source and target may overlap, so byte by byte.
                while (written < end)
                    destination[written++] = destination[from++];
            }
            if (previousLength > 0 && next < Size)
            {
                (starts[next], lengths[next]) = (previousStart, previousLength + 1);
                next++;
                if (next + 1 >= 1 << width && width < 12)
                    width++;
            }
            (previousStart, previousLength) = (start, length);
        }
    }

    private static int Code(ReadOnlySpan<byte> packed, ref long bit, int width)
    {
        var at = (int)(bit >> 3);
        if (bit + width > 8L * packed.Length)
            return -1;
        var word = (packed[at] << 16) | (At(packed, at + 1) << 8) | At(packed, at + 2);
        var code = (word >> (24 - width - (int)(bit & 7))) & ((1 << width) - 1);
        bit += width;
        return code;
    }

    private static int At(ReadOnlySpan<byte> packed, int index) => index < packed.Length ? packed[index] : 0;
}
