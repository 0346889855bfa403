using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// Everything a reconstruction starts from: frames, positions, probe and the size of the object. Immutable, and
/// consistent: what can be wrong is found here, before any work starts. Outside its frame the object is 0.
/// </summary>
public sealed class Measurement
{
    private const double SmallestExtent = 1e-3;

    /// <summary>Puts the parts together.</summary>
    /// <param name="data">The frames.</param>
    /// <param name="positions">One position a frame, in pixels of the object.</param>
    /// <param name="probe">The illumination, of the frames' shape.</param>
    /// <param name="objectHeight">Rows of the object, at least 1.</param>
    /// <param name="objectWidth">Columns of the object, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// Frames and positions differ in number, probe and frames in shape; a window lies entirely outside the object (its
    /// frame is named); the object has more pixels than an array holds; or three or more positions are all the same,
    /// or closer to each other than a thousandth of a pixel.
    /// </exception>
    public Measurement(DiffractionData data, ScanPattern positions, Probe probe, int objectHeight, int objectWidth)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, 1);
        if (data.FrameCount != positions.Count)
            throw new ArgumentException(
                $"There are {data.FrameCount} frames but {positions.Count} positions.",
                nameof(positions)
            );
        if (data.Height != probe.Height || data.Width != probe.Width)
            throw new ArgumentException(
                $"Frames are {data.Height}×{data.Width}, the probe is {probe.Height}×{probe.Width}; "
                    + "crop or pad one of them.",
                nameof(probe)
            );
        if ((long)objectHeight * objectWidth > Array.MaxLength)
            throw new ArgumentException(
                $"An object of {objectHeight}×{objectWidth} pixels is larger than an array can be; "
                    + "check the object's shape and the unit of the positions.",
                nameof(objectHeight)
            );
        if (positions.Count > 2 && positions.Extent() < SmallestExtent)
            throw new ArgumentException(
                $"All {positions.Count} positions lie within {SmallestExtent} pixels of each other: nothing was scanned. "
                    + "Are they in metres? They must be in pixels; frames of one place can be added up to one.",
                nameof(positions)
            );
        WindowCheck.RequireInside(positions, probe.Height, probe.Width, objectHeight, objectWidth);
        Data = data;
        Positions = positions;
        Probe = probe;
        ObjectHeight = objectHeight;
        ObjectWidth = objectWidth;
    }

    /// <summary>The frames.</summary>
    public DiffractionData Data { get; }

    /// <summary>One position a frame.</summary>
    public ScanPattern Positions { get; }

    /// <summary>The illumination.</summary>
    public Probe Probe { get; }

    /// <summary>Rows of the object.</summary>
    public int ObjectHeight { get; }

    /// <summary>Columns of the object.</summary>
    public int ObjectWidth { get; }

    /// <summary>
    /// Frames that were left out as bad, by their index among those that were given; empty where none was.
    /// </summary>
    public IReadOnlyList<DroppedFrame> Dropped { get; init; } = [];

    /// <summary>
    /// The measurement of some of the frames, in the given order: halves for a ring correlation, a part of a scan.
    /// </summary>
    /// <param name="frames">Indices of frames, at least one; the values are copied.</param>
    /// <returns>The same object and probe; <see cref="Dropped"/> stays that of the whole.</returns>
    /// <exception cref="ArgumentException">
    /// There is no index, one is not that of a frame, or the frames by themselves are refused, such as those without any light.
    /// </exception>
    public Measurement Select(IReadOnlyList<int> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
            throw new ArgumentException("At least one frame must be selected.", nameof(frames));
        var size = Data.Height * Data.Width;
        var values = new float[checked(frames.Count * size)];
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i] < 0 || frames[i] >= Data.FrameCount)
                throw new ArgumentException(
                    $"Frame {frames[i]} does not exist; there are {Data.FrameCount}.",
                    nameof(frames)
                );
            Data.Values.AsSpan(frames[i] * size, size).CopyTo(values.AsSpan(i * size));
        }

        var mask = Data.Mask is { FrameWeights: { } weights } given
            ? new DetectorMask(given.PixelWeights.AsSpan(), [.. frames.Select(k => weights[k])])
            : Data.Mask;
        var gain = Data.CountsPerUnit;
        var data = new DiffractionData(values, frames.Count, Data.Height, Data.Width, Data.Unit, gain, mask);
        var positions = new ScanPattern(frames.Select(k => Positions[k]));
        return new Measurement(data, positions, Probe, ObjectHeight, ObjectWidth) { Dropped = Dropped };
    }

    /// <summary>The same with other frames named as left out.</summary>
    internal Measurement WithDropped(IReadOnlyList<DroppedFrame> dropped) =>
        new(Data, Positions, Probe, ObjectHeight, ObjectWidth) { Dropped = dropped };

    /// <summary>The same frames with another probe, which must have their shape.</summary>
    /// <inheritdoc cref="Measurement(DiffractionData, ScanPattern, Probe, int, int)" path="/exception"/>
    public Measurement WithProbe(Probe probe) =>
        new(Data, Positions, probe, ObjectHeight, ObjectWidth) { Dropped = Dropped };
}
