using System.Collections.Immutable;
using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// A complex image and the rectangles that crops may be taken from. Rectangles may overlap; a crop lies wholly in one of
/// them, so an L-shaped area is given as two rectangles. Pixels outside the rectangles are never looked at.
/// </summary>
public sealed class CropImage
{
    /// <summary>Names an image and what of it may be used.</summary>
    /// <param name="name">The image's name, for error messages and logs.</param>
    /// <param name="image">The complex image; kept, not copied, and not to be changed afterwards.</param>
    /// <param name="regions">Allowed rectangles; none means the whole image.</param>
    /// <param name="weight">How often the image is used relative to the others, above 0.</param>
    /// <exception cref="ArgumentException">There is no region, or a value of the image is not finite; its pixel is named.
    /// </exception>
    public CropImage(string name, ComplexField image, IEnumerable<ImageRegion>? regions = null, double weight = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(image);
        if (!(weight > 0) || double.IsInfinity(weight))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "The weight must be above 0 and finite.");
        Name = name;
        Image = image;
        Weight = weight;
        Regions = regions is null ? [ImageRegion.Whole(image)] : [.. regions];
        if (Regions.IsEmpty)
            throw new ArgumentException($"Image '{name}' has no region to take crops from.", nameof(regions));
        for (var i = 0; i < image.Length; i++)
            if (!float.IsFinite(image.Real[i]) || !float.IsFinite(image.Imaginary[i]))
                throw new ArgumentException(
                    $"Image '{name}' has a value that is not finite at row {i / image.Width}, column {i % image.Width}.",
                    nameof(image)
                );
    }

    /// <summary>The image's name.</summary>
    public string Name { get; }

    /// <summary>The image as it was given.</summary>
    public ComplexField Image { get; }

    /// <summary>The rectangles that crops may be taken from.</summary>
    public ImmutableArray<ImageRegion> Regions { get; }

    /// <summary>How often the image is used relative to the others.</summary>
    public double Weight { get; }
}
