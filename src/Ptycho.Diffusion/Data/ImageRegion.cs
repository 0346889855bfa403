using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>A rectangle of whole pixels: rows Row…Row + Height − 1 and columns Column…Column + Width − 1.</summary>
/// <param name="Row">First row.</param>
/// <param name="Column">First column.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
public readonly record struct ImageRegion(int Row, int Column, int Height, int Width)
{
    /// <summary>The whole of an image.</summary>
    public static ImageRegion Whole(ComplexField image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ImageRegion(0, 0, image.Height, image.Width);
    }

    /// <summary>Whether a position, in pixels, lies between the centres of the region's outermost pixels.</summary>
    public bool Contains(double row, double column) =>
        row >= Row && row <= Row + Height - 1 && column >= Column && column <= Column + Width - 1;

    /// <summary>A copy of the region's pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The region is empty or reaches outside the image.</exception>
    public ComplexField Extract(ComplexField image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (
            Row < 0
            || Column < 0
            || Height < 1
            || Width < 1
            || Row > image.Height - Height
            || Column > image.Width - Width
        )
            throw new ArgumentOutOfRangeException(
                nameof(image),
                $"Region {this} does not lie in the {image.Height}×{image.Width} image."
            );
        var part = new ComplexField(Height, Width);
        for (var r = 0; r < Height; r++)
        {
            var source = (Row + r) * image.Width + Column;
            image.Real.AsSpan(source, Width).CopyTo(part.Real.AsSpan(r * Width));
            image.Imaginary.AsSpan(source, Width).CopyTo(part.Imaginary.AsSpan(r * Width));
        }
        return part;
    }
}
