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
        for (var i = 0; i < row.Length; i++)
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
}
