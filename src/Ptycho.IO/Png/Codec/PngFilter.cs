using System.Numerics;
using System.Runtime.InteropServices;

namespace Ptycho.IO.Png.Codec;

/// <summary>The five reversible filters of PNG (section 9): a row is stored as differences from its neighbours.</summary>
internal static class PngFilter
{
    public const int Count = 5;

    /// <summary>Filters a row into differences; the row above the first one is zeros.</summary>
    public static void Encode(
        int filter,
        ReadOnlySpan<byte> row,
        ReadOnlySpan<byte> previous,
        int bytesPerPixel,
        Span<byte> result
    )
    {
        EncodeOneByOne(filter, row, previous, bytesPerPixel, 0, Math.Min(bytesPerPixel, row.Length), result);
        var i = bytesPerPixel;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var predicted = Predict(
                filter,
                new Vector<byte>(row[(i - bytesPerPixel)..]),
                new Vector<byte>(previous[i..]),
                new Vector<byte>(previous[(i - bytesPerPixel)..])
            );
            (new Vector<byte>(row[i..]) - predicted).CopyTo(result[i..]);
        }
        EncodeOneByOne(filter, row, previous, bytesPerPixel, i, row.Length, result);
    }

    /// <summary>The sum of the differences' absolute values, each read as a signed byte.</summary>
    public static long Cost(ReadOnlySpan<byte> differences)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(differences);
        var sums = Vector<uint>.Zero;
        foreach (var vector in vectors)
        {
            // 256 − x, but 128 for 128: the smaller of both is the absolute value.
            Vector.Widen(Vector.Min(vector, -vector), out var low, out var high);
            Vector.Widen(low + high, out var a, out var b);
            sums += a + b;
        }
        long sum = Vector.Sum(sums);
        foreach (var difference in differences[(vectors.Length * Vector<byte>.Count)..])
            sum += Math.Abs((int)(sbyte)difference);
        return sum;
    }

    private static void EncodeOneByOne(
        int filter,
        ReadOnlySpan<byte> row,
        ReadOnlySpan<byte> previous,
        int bytesPerPixel,
        int start,
        int end,
        Span<byte> result
    )
    {
        for (var i = start; i < end; i++)
        {
            var left = i < bytesPerPixel ? 0 : row[i - bytesPerPixel];
            var corner = i < bytesPerPixel ? 0 : previous[i - bytesPerPixel];
            result[i] = (byte)(row[i] - Predict(filter, left, previous[i], corner));
        }
    }

    /// <summary>Restores a row in place.</summary>
    public static void Decode(int filter, Span<byte> row, ReadOnlySpan<byte> previous, int bytesPerPixel)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < bytesPerPixel ? 0 : row[i - bytesPerPixel];
            var corner = i < bytesPerPixel ? 0 : previous[i - bytesPerPixel];
            row[i] = (byte)(row[i] + Predict(filter, left, previous[i], corner));
        }
    }

    private static int Predict(int filter, int left, int above, int corner) =>
        filter switch
        {
            0 => 0,
            1 => left,
            2 => above,
            3 => (left + above) / 2,
            _ => Paeth(left, above, corner),
        };

    // The neighbour nearest to left + above − corner; ties in this order.
    private static int Paeth(int left, int above, int corner)
    {
        var toLeft = Math.Abs(above - corner);
        var toAbove = Math.Abs(left - corner);
        var toCorner = Math.Abs(left + above - 2 * corner);
        if (toLeft <= toAbove && toLeft <= toCorner)
            return left;
        return toAbove <= toCorner ? above : corner;
    }

    private static Vector<byte> Predict(int filter, Vector<byte> left, Vector<byte> above, Vector<byte> corner) =>
        filter switch
        {
            0 => Vector<byte>.Zero,
            1 => left,
            2 => above,
            // Half of the sum without a ninth bit.
            3 => (left & above) + ((left ^ above) >>> 1),
            _ => Paeth(left, above, corner),
        };

    private static Vector<byte> Paeth(Vector<byte> left, Vector<byte> above, Vector<byte> corner)
    {
        var toLeft = Distance(above, corner);
        var toAbove = Distance(left, corner);
        // The third distance is the sum of these two, and never the smallest, unless left and above lie on both sides.
        var between = Vector.Equals(Vector.GreaterThan(left, corner), Vector.LessThan(above, corner));
        var toCorner = Vector.ConditionalSelect(between, Distance(toLeft, toAbove), Vector<byte>.AllBitsSet);
        var other = Vector.ConditionalSelect(Vector.LessThanOrEqual(toAbove, toCorner), above, corner);
        var isLeft = Vector.LessThanOrEqual(toLeft, toAbove) & Vector.LessThanOrEqual(toLeft, toCorner);
        return Vector.ConditionalSelect(isLeft, left, other);
    }

    private static Vector<byte> Distance(Vector<byte> a, Vector<byte> b) => Vector.Max(a, b) - Vector.Min(a, b);
}
