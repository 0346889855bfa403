using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// What a scan gave, not yet checked: pixels and positions may be bad. <see cref="Clean"/> makes a measurement of it that
/// a run can go on with, and that says which frames it lacks.
/// </summary>
public sealed record RawMeasurement
{
    /// <summary>K·h·w values, [frame, row, column], the zero frequency of each frame at [0, 0]; kept, not copied.</summary>
    public required float[] Values { get; init; }

    /// <summary>Frames K.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Rows h of a frame.</summary>
    public required int Height { get; init; }

    /// <summary>Columns w of a frame.</summary>
    public required int Width { get; init; }

    /// <summary>What the values are.</summary>
    public required DiffractionUnit Unit { get; init; }

    /// <summary>Counts per unit of intensity where known; see <see cref="DiffractionData"/>.</summary>
    public double? CountsPerUnit { get; init; }

    /// <summary>Weights of pixels and frames, or null. Pixels of weight 0 may hold anything.</summary>
    public DetectorMask? Mask { get; init; }

    /// <summary>One position a frame, pixels.</summary>
    public required IReadOnlyList<ScanPosition> Positions { get; init; }

    /// <summary>The illumination.</summary>
    public required Probe Probe { get; init; }

    /// <summary>Rows and columns of the object, or null: the smallest that holds all windows, positions moved to it.</summary>
    public (int Height, int Width)? ObjectShape { get; init; }

    /// <summary>Masks bad pixels, drops bad frames, and checks the rest.</summary>
    /// <param name="options">What is bad, and how much of it is too much; defaults if null.</param>
    /// <returns>The measurement; <see cref="Measurement.Dropped"/> has the frames that were dropped and why.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths disagree; more frames are bad than the options allow (the first are named with what is wrong); or what
    /// remains is refused by <see cref="DiffractionData"/> or <see cref="Measurement"/>.
    /// </exception>
    public Measurement Clean(CleaningOptions? options = null)
    {
        CheckLengths(this);
        var screen = FrameScreen.Apply(this, options ?? new CleaningOptions());
        var count = screen.Kept.Length;
        var data = new DiffractionData(screen.Values, count, Height, Width, Unit, CountsPerUnit, screen.Mask);
        var pattern = new ScanPattern(screen.Positions);
        var (height, width) = ObjectShape ?? (0, 0);
        if (ObjectShape is null)
            (pattern, height, width) = pattern.FitObject(Height, Width);
        return new Measurement(data, pattern, Probe, height, width) { Dropped = screen.Dropped };
    }

    /// <exception cref="ArgumentException">Something is missing, or lengths disagree.</exception>
    internal static void CheckLengths(RawMeasurement raw)
    {
        var (frames, height, width) = (raw.FrameCount, raw.Height, raw.Width);
        var problem =
            raw.Values is null || raw.Positions is null || raw.Probe is null
                ? "Values, positions and a probe are needed; one of them is null."
            : frames < 1 || height < 1 || width < 1
                ? $"{frames} frames of {height}×{width} pixels are none; there must be at least one of each."
            : raw.Values.LongLength != (Int128)frames * height * width
                ? $"{frames} frames of {height}×{width} do not have {raw.Values.Length} values."
            : raw.Positions.Count != frames ? $"There are {frames} frames but {raw.Positions.Count} positions."
            : raw.Mask is { } mask && mask.PixelWeights.Length != height * width
                ? $"The mask has {mask.PixelWeights.Length} pixel weights; frames have {height}×{width} pixels."
            : raw.Mask?.FrameWeights is { } weights && weights.Length != frames
                ? $"The mask has {weights.Length} frame weights; there are {frames} frames."
            : null;
        if (problem is not null)
            throw new ArgumentException(problem, nameof(raw));
    }
}
