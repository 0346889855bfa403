using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Files;

/// <summary>
/// What a reader cannot know from the file. By default everything is taken as the file has it. Frames are read, cropped,
/// brought to the zero frequency at [0, 0], binned, transposed, then flipped; positions are swapped, then flipped.
/// </summary>
public sealed record ImportOptions
{
    /// <summary>The first frame that is read, at least 0.</summary>
    public int FirstFrame
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "FirstFrame must be at least 0.");
    }

    /// <summary>How many frames are read, at least 1, or null: all that follow.</summary>
    public int? FrameCount
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "FrameCount must be at least 1.");
    }

    /// <summary>
    /// Rows and columns that are cut out around the zero frequency, at least 1 each, or null: whole frames. The object's
    /// pixels grow accordingly: positions in pixels and a probe of the whole frame's shape are converted, and noted.
    /// </summary>
    public (int Height, int Width)? Crop
    {
        get;
        init =>
            field = value is null or (>= 1, >= 1)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "Crop must be at least 1×1.");
    }

    /// <summary>
    /// Pixels on a side that are summed to one, after the crop, at least 1; the crop must be a multiple of it. A pixel that
    /// holds a bad one is bad. The object's pixels stay as they are, the window becomes smaller by the factor: it must
    /// still hold the probe. A probe of the whole frame's shape is cut to it, and noted.
    /// </summary>
    public int Binning
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Binning));
    } = 1;

    /// <summary>
    /// The stored pixel of the zero frequency, or null for the format's own: [⌊h/2⌋, ⌊w/2⌋] in CXI, ptyd and PtychoPINN
    /// files, [0, 0] in raw ones.
    /// </summary>
    public (int Row, int Column)? ZeroFrequency { get; init; }

    /// <summary>
    /// Which axis of a stored CXI or NeXus frame comes first, or null: as the attribute <c>axes</c> says, else rows.
    /// </summary>
    public FrameAxisOrder? FrameAxes { get; init; }

    /// <summary>Exchanges the axes of the frames.</summary>
    public bool TransposeFrames { get; init; }

    /// <summary>Reverses the vertical frequency; the zero frequency stays where it is.</summary>
    public bool FlipFrameRows { get; init; }

    /// <summary>Reverses the horizontal frequency; the zero frequency stays where it is.</summary>
    public bool FlipFrameColumns { get; init; }

    /// <summary>Exchanges rows and columns of the positions, for files that have x and y the other way round.</summary>
    public bool SwapPositions { get; init; }

    /// <summary>Negates the rows of the positions.</summary>
    public bool FlipPositionRows { get; init; }

    /// <summary>Negates the columns of the positions.</summary>
    public bool FlipPositionColumns { get; init; }

    /// <summary>What the frames are, or null: as the file or its format says, else counts for whole numbers and intensity
    /// for others.</summary>
    public DiffractionUnit? Unit { get; init; }

    /// <summary>Pixels that are negative, NaN or infinite in some frame are masked out instead of refused.</summary>
    public bool MaskInvalid { get; init; }

    /// <summary>
    /// Bad pixels of a stored frame, row by row as the file has it, true for bad; or null. They join the file's own mask. The
    /// array is kept, not copied.
    /// </summary>
    public bool[]? BadPixels { get; init; }

    /// <summary>
    /// Pixels that reach this stored value in some frame (saturated ones, or 65535 as a mark of bad ones) are masked out;
    /// above 0, or null: none.
    /// </summary>
    public double? MaskAbove
    {
        get;
        init => field = value is { } limit ? Require.Positive(limit, nameof(MaskAbove)) : null;
    }

    /// <summary>
    /// Negative values, as a background that was subtracted leaves them, become 0. Pixels that are negative in every frame
    /// are none of these (detectors mark gaps so) and are masked out. It is done before <see cref="MaskInvalid"/>.
    /// </summary>
    public bool ClipNegative { get; init; }

    /// <summary>
    /// Masks bad pixels and drops bad frames as said; null (the default) refuses them. It goes further than
    /// <see cref="MaskInvalid"/>, which is done first.
    /// </summary>
    public CleaningOptions? Cleaning { get; init; }

    /// <summary>The probe, instead of the file's.</summary>
    public Probe? Probe { get; init; }

    /// <summary>
    /// Where neither the file nor <see cref="Probe"/> has a probe, make one of the frames (<see cref="FarFieldProbe"/>, in
    /// focus) instead of refusing. It has the light of the real one and little more:
    /// <see cref="ImportedMeasurement.IsProbeFromFrames"/> says that it was made, and it has to be found and refined.
    /// </summary>
    public bool ProbeFromFrames { get; init; }

    /// <summary>The geometry, instead of the file's.</summary>
    public ExperimentGeometry? Geometry { get; init; }

    /// <summary>The geometry of the frames as they are imported: binned pixels are larger.</summary>
    internal ExperimentGeometry Imported(ExperimentGeometry stored) =>
        Binning == 1
            ? stored
            : stored with
            {
                DetectorPixelHeight = Binning * stored.DetectorPixelHeight,
                DetectorPixelWidth = Binning * stored.DetectorPixelWidth,
            };

    /// <summary>Pixels that are left around the smallest object that holds all windows, at least 0.</summary>
    public int Margin
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "Margin must be at least 0.");
    }
}
