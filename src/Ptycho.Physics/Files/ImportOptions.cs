using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Files;

/// <summary>
/// What a reader cannot know from the file. By default everything is taken as the file has it. Frames are read, cropped,
/// brought to the zero frequency at [0, 0], transposed, then flipped; positions are swapped, then flipped.
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
    /// Rows and columns that are cut out around the zero frequency, at least 1 each, or null: whole frames.
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

    /// <summary>What the frames are, or null: as the file or its format says, else counts for integers and intensity
    /// for floats.</summary>
    public DiffractionUnit? Unit { get; init; }

    /// <summary>Pixels that are negative, NaN or infinite in some frame are masked out instead of refused.</summary>
    public bool MaskInvalid { get; init; }

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
