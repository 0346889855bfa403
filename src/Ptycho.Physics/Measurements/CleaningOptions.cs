using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// What is done with bad pixels and frames instead of refusing all data. A pixel value is bad if it is NaN, infinite or
/// negative, if it is 2³²−1 (the mark of a bad pixel in 32-bit detector files), or if it reaches
/// <see cref="Saturation"/>. First pixels that are bad in many frames are masked out in all; then frames that still hold a
/// bad pixel, or have a bad position, are dropped.
/// </summary>
public sealed record CleaningOptions
{
    /// <summary>
    /// A pixel that is bad in more than this share of the frames is masked out, 0…1; .05 by default. 0 masks every bad
    /// pixel and drops no frame for it, 1 drops every frame with one.
    /// </summary>
    public double MaskedPixelShare
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(MaskedPixelShare));
    } = 0.05;

    /// <summary>The value at which a pixel is full, in the unit of the data, above 0; null (the default): not known.</summary>
    public double? Saturation
    {
        get;
        init => field = value is { } full ? Require.Positive(full, nameof(Saturation)) : null;
    }

    /// <summary>Drop frames whose measured pixels are all 0; by default they stay, for few counts can be none.</summary>
    public bool DropEmpty { get; init; }

    /// <summary>Drop frames at exactly the position of an earlier one; by default they stay.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>More dropped frames than this share of all are an error, 0…1; .1 by default.</summary>
    public double LargestDroppedShare
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(LargestDroppedShare));
    } = 0.1;
}
