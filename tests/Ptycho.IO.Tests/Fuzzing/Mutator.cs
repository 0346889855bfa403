using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ptycho.IO.Tests.Fuzzing;

/// <summary>
/// Seeded damage to a good file: one to four edits, each a bit, a byte, a number at its limits in either byte order, a
/// number in a text, a piece that is removed, repeated or overwritten, or the tail cut off.
/// </summary>
public static class Mutator
{
    private static readonly ulong[] Limits =
    [
        0,
        1,
        0x7F,
        0xFF,
        0x7FFF,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFF,
        0x1_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF,
        0x8000_0000_0000_0000,
        0xFFFF_FFFF_FFFF_FFFF,
        0x7FF8_0000_0000_0000, // NaN
        0x7FF0_0000_0000_0000, // infinity
        0x4000_0000_0000_0001,
    ];

    private static readonly string[] Numbers =
    [
        "0",
        "-1",
        "00",
        "2147483647",
        "2147483648",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "1e308",
        "NaN",
        "1.5",
    ];

    /// <summary>The damaged file with this number; the same for the same seed.</summary>
    public static byte[] Mutate(byte[] good, int seed) => Mutate(good, new Random(seed));

    public static byte[] Mutate(byte[] good, Random random)
    {
        var bytes = new List<byte>(good);
        for (var edits = random.Next(1, 5); edits > 0 && bytes.Count > 0; edits--)
            Edit(bytes, random);
        return [.. bytes];
    }

    private static void Edit(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 9), bytes.Count - at);
        switch (random.Next(11))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6 or 7:
                Limit(bytes, at, random);
                break;
            case 8:
                Number(bytes, at, random);
                break;
            case 9:
                var from = random.Next(bytes.Count - length + 1);
                for (var i = 0; i < length; i++)
                    bytes[at + i] = bytes[from + i];
                break;
            default:
                for (var i = 0; i < length; i++)
                    bytes[at + i] = (byte)random.Next(256);
                break;
        }
    }

    private static void Limit(List<byte> bytes, int at, Random random)
    {
        var size = 1 << random.Next(4);
        at -= at % size;
        Span<byte> number = stackalloc byte[8];
        var value = Limits[random.Next(Limits.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(number, value << (64 - 8 * size));
        for (var i = 0; i < size && at + i < bytes.Count; i++)
            bytes[at + i] = number[i];
    }

    // The next run of digits, if there is one, becomes another number.
    private static void Number(List<byte> bytes, int at, Random random)
    {
        var start = bytes.FindIndex(at, b => char.IsAsciiDigit((char)b));
        if (start < 0)
            return;
        var end = start;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end]))
            end++;
        var text = Numbers[random.Next(Numbers.Length)];
        if (random.Next(4) == 0)
            text = random.NextInt64().ToString(CultureInfo.InvariantCulture);
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(text));
    }
}
