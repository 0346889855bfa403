using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>A measurement that was read from a file of the field, and what was done to it on the way.</summary>
/// <param name="Measurement">Frames with the zero frequency at [0, 0], positions in pixels of the object.</param>
/// <param name="Geometry">Energy, distance and detector pixel, or null where the file has positions in pixels.</param>
/// <param name="Origin">
/// What was subtracted from the positions so that the object's first pixel is (0, 0), pixels: file position =
/// position + origin.
/// </param>
/// <param name="Notes">Every conversion and every choice that the file left open, a sentence each.</param>
public sealed record ImportedMeasurement(
    Measurement Measurement,
    ExperimentGeometry? Geometry,
    ScanPosition Origin,
    IReadOnlyList<string> Notes
)
{
    /// <summary>
    /// Whether the probe was made of the frames (<see cref="ImportOptions.ProbeFromFrames"/>), so that it is only a start.
    /// </summary>
    public bool IsProbeFromFrames { get; init; }

    /// <summary>
    /// Where the light of the mean frame is centred, as a pixel of a stored frame: what
    /// <see cref="ImportOptions.ZeroFrequency"/> should be where nobody knows better. Null where the light is spread all over, and
    /// for the project's own layouts.
    /// </summary>
    public (int Row, int Column)? StoredLightCentre { get; init; }
}
