namespace Ptycho.Diffusion.Data;

/// <summary>Where a crop was taken, in the pixel coordinates of its image.</summary>
/// <param name="Image">Index of the image in the sampler's list.</param>
/// <param name="Region">Index of the rectangle among the image's regions.</param>
/// <param name="Grid">Position of every crop pixel in the whole image.</param>
/// <param name="Scale">Magnification.</param>
/// <param name="Angle">Rotation in radians.</param>
/// <param name="Mirrored">Whether the crop is a mirror image.</param>
public readonly record struct CropPlacement(
    int Image,
    int Region,
    SamplingGrid Grid,
    double Scale,
    double Angle,
    bool Mirrored
);
