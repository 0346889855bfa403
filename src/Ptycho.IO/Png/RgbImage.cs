namespace Ptycho.IO.Png;

/// <summary>
/// A colour image, 8 bits a channel, mutable. Rows from the top, columns from the left; drawing that reaches over the
/// edge is cut off there.
/// </summary>
public sealed class RgbImage
{
    /// <summary>Creates a black image.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1, or the image has more bytes than a .NET array
    /// can hold.</exception>
    public RgbImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, Array.MaxLength / 3, nameof(height));
        Width = width;
        Height = height;
        Pixels = new byte[3 * width * height];
    }

    /// <summary>Creates an image of one colour.</summary>
    /// <inheritdoc cref="RgbImage(int, int)"/>
    public RgbImage(int width, int height, Rgb color)
        : this(width, height) => FillRectangle(0, 0, width, height, color);

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The bytes R, G, B of every pixel, row by row; 3·Width·Height, owned by the image.</summary>
    public byte[] Pixels { get; }

    /// <summary>The colour at a row and a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the image.</exception>
    public Rgb this[int row, int column]
    {
        get
        {
            var i = Index(row, column);
            return new Rgb(Pixels[i], Pixels[i + 1], Pixels[i + 2]);
        }
        set
        {
            var i = Index(row, column);
            (Pixels[i], Pixels[i + 1], Pixels[i + 2]) = (value.R, value.G, value.B);
        }
    }

    /// <summary>Fills a rectangle; the part outside the image is ignored.</summary>
    public void FillRectangle(int left, int top, int width, int height, Rgb color)
    {
        var (firstRow, lastRow) = (Math.Max(top, 0), Math.Min((long)top + height, Height));
        var (firstColumn, lastColumn) = (Math.Max(left, 0), Math.Min((long)left + width, Width));
        for (var row = firstRow; row < lastRow; row++)
        for (var column = firstColumn; column < lastColumn; column++)
            this[row, column] = color;
    }

    /// <summary>Draws the outline of a rectangle, inside its edges.</summary>
    public void DrawRectangle(int left, int top, int width, int height, Rgb color, int thickness = 1)
    {
        FillRectangle(left, top, width, thickness, color);
        FillRectangle(left, top + height - thickness, width, thickness, color);
        FillRectangle(left, top, thickness, height, color);
        FillRectangle(left + width - thickness, top, thickness, height, color);
    }

    /// <summary>Copies another image into this one; the part outside is ignored.</summary>
    public void DrawImage(RgbImage image, int left, int top)
    {
        ArgumentNullException.ThrowIfNull(image);
        var first = Math.Max(0, -left);
        var count = Math.Min(image.Width, Width - left) - first;
        if (count <= 0)
            return;
        for (var row = Math.Max(0, -top); row < Math.Min(image.Height, Height - top); row++)
        {
            var source = image.Pixels.AsSpan(3 * (row * image.Width + first), 3 * count);
            source.CopyTo(Pixels.AsSpan(3 * ((top + row) * Width + left + first)));
        }
    }

    /// <summary>A new image in which every pixel became factor × factor equal pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is less than 1, or the result is too large.</exception>
    public RgbImage Enlarge(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        var result = new RgbImage(checked(Width * factor), checked(Height * factor));
        for (var row = 0; row < Height; row++)
        for (var column = 0; column < Width; column++)
            result.FillRectangle(column * factor, row * factor, factor, factor, this[row, column]);
        return result;
    }

    /// <summary>Takes 60 % of the light from a rectangle; the part outside the image is ignored.</summary>
    internal void Darken(int left, int top, int width, int height)
    {
        for (var row = Math.Max(top, 0); row < Math.Min(top + height, Height); row++)
        {
            var first = Math.Clamp(left, 0, Width);
            var last = Math.Clamp(left + width, 0, Width);
            foreach (ref var value in Pixels.AsSpan(3 * (row * Width + first), 3 * Math.Max(0, last - first)))
                value = (byte)(value * 2 / 5);
        }
    }

    private int Index(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Height);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
        return 3 * (row * Width + column);
    }
}
