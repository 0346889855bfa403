using System.Globalization;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// What can be said of a measurement before any solver starts: how much light, which pixels are useless, how densely
/// the object is covered, how much memory a reconstruction takes.
/// </summary>
public sealed record PreflightReport
{
    /// <summary>The solvers keep amplitudes up to so many bytes, and make them anew from the data beyond.</summary>
    private const long MostAmplitudes = 4 << 20;

    // The estimate, its extrapolation, the gradient's parts, the copy that a failed run falls back on, start and result;
    // measured at 1616×1616: 7.1 (docs/benchmarks.md).
    private const int FlowObjects = 7;

    // Two vectors a pair, six of the line search, the penalty's three and a half, light, gradient, fall-back, start, result.
    private const int LikelihoodObjects = 26;

    /// <summary>Pixels; less is not worth a line.</summary>
    private const double NotableOffset = 1.5;

    private PreflightReport() { }

    /// <summary>Frames K.</summary>
    public required int Frames { get; init; }

    /// <summary>Rows and columns of a frame.</summary>
    public required (int Height, int Width) FrameSize { get; init; }

    /// <summary>Rows and columns of the object.</summary>
    public required (int Height, int Width) ObjectSize { get; init; }

    /// <summary>Size of an object pixel in m, or null where the geometry is unknown.</summary>
    public required (double Height, double Width)? ObjectPixel { get; init; }

    /// <summary>Mean intensity of a frame, summed over its measured pixels, in counts where these are known.</summary>
    public required double MeanFrameIntensity { get; init; }

    /// <summary>Whether <see cref="MeanFrameIntensity"/> is in counts.</summary>
    public required bool InCounts { get; init; }

    /// <summary>The largest measured value, in the unit of the data.</summary>
    public required float LargestValue { get; init; }

    /// <summary>Detector pixels that are masked out.</summary>
    public required int MaskedPixels { get; init; }

    /// <summary>Detector pixels that are not masked but 0 in every frame: dead, or never reached by light.</summary>
    public required int DeadPixels { get; init; }

    /// <summary>
    /// Detector pixels that reach 2ᵏ−1 for k ≥ 8 while no value is larger, in at least one frame: saturated, most likely.
    /// </summary>
    public required int SaturatedPixels { get; init; }

    /// <summary>Median distance of a position to its nearest neighbour, pixels; 0 for one frame.</summary>
    public required double MedianStep { get; init; }

    /// <summary>The scan's step, pixels: <see cref="ScanCoverage.Step"/>; 0 for one frame.</summary>
    public required double Step { get; init; }

    /// <summary>Frames at exactly the position of an earlier one.</summary>
    public required int DuplicatePositions { get; init; }

    /// <summary>Overlap 1 − <see cref="Step"/>/window, by the shorter side of the window; 0 for one frame.</summary>
    public required double WindowOverlap { get; init; }

    /// <summary>Diameter of the circle around the probe's centre of mass that holds 90 % of its energy, pixels.</summary>
    public required double ProbeDiameter { get; init; }

    /// <summary>
    /// Overlap 1 − <see cref="Step"/>/<see cref="ProbeDiameter"/>, <see cref="ScanCoverage.Overlap(ScanPattern, Probe)"/>:
    /// negative where neighbours do not touch, 0 for one frame. The choice of a solver goes by it.
    /// </summary>
    public required double ProbeOverlap { get; init; }

    /// <summary>The part of the object's pixels that some window covers, 0…1.</summary>
    public required double Coverage { get; init; }

    /// <summary>
    /// Bytes that AWF needs with a known probe: the frames, their amplitudes (kept as a second copy up to 4 MiB, made anew
    /// beyond), seven copies of the object and some of the probe. rPIE needs less, maximum likelihood more.
    /// </summary>
    public required long ManagedSolverBytes { get; init; }

    /// <summary>
    /// Bytes that maximum likelihood needs with its default of six pairs of L-BFGS: twenty-six copies of the object in place
    /// of seven.
    /// </summary>
    public required long MaximumLikelihoodBytes { get; init; }

    /// <summary>Bytes that solvers on tensors need: about eight complex far fields for all frames at once.</summary>
    public required long TensorSolverBytes { get; init; }

    /// <summary>
    /// About how long one sweep of a classical solver over all frames takes on one core of this machine: transforms of
    /// this size are timed for some 20 ms. rPIE needs some tens to hundreds of sweeps.
    /// </summary>
    public required TimeSpan SweepTime { get; init; }

    /// <summary>Height and width of the object in m, or null where the geometry is unknown.</summary>
    public (double Height, double Width)? ObjectExtent =>
        ObjectPixel is { } pixel ? (ObjectSize.Height * pixel.Height, ObjectSize.Width * pixel.Width) : null;

    /// <summary>
    /// Where the light of the mean frame is centred, pixels from the zero frequency; null where it is spread all over. Some pixels
    /// are a tilted beam, and a phase ramp on the object.
    /// </summary>
    public required (double Row, double Column)? LightOffset { get; init; }

    /// <summary>
    /// Whether <see cref="LightOffset"/> is more than a fifth of a side: the zero frequency must be in the wrong place, and no
    /// reconstruction comes of such frames.
    /// </summary>
    public bool IsLightDisplaced =>
        LightOffset is { } offset && LightCentre.IsDisplaced(offset, FrameSize.Height, FrameSize.Width);

    /// <summary>
    /// The stored pixel that the light is centred on (<see cref="ImportedMeasurement.StoredLightCentre"/>), or null where it is
    /// not known.
    /// </summary>
    public (int Row, int Column)? StoredLightCentre { get; init; }

    /// <summary>What is likely to spoil a reconstruction, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Looks at an imported file.</summary>
    public static PreflightReport Create(ImportedMeasurement imported)
    {
        ArgumentNullException.ThrowIfNull(imported);
        var report = Create(imported.Measurement, imported.Geometry) with
        {
            StoredLightCentre = imported.StoredLightCentre,
        };
        return report with { Warnings = [.. report.Warn()] };
    }

    /// <summary>Looks at a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="geometry">For the size of an object pixel; may be null.</param>
    public static PreflightReport Create(Measurement measurement, ExperimentGeometry? geometry = null)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var data = measurement.Data;
        var light = DetectorStatistics.Measure(data);
        var (positions, diameter) = (measurement.Positions, ScanCoverage.Diameter(measurement.Probe));
        var size = (long)data.Height * data.Width;
        var objectBytes = 8L * measurement.ObjectHeight * measurement.ObjectWidth;
        var frameBytes = 4 * size * data.FrameCount;
        var managed =
            frameBytes + (frameBytes <= MostAmplitudes ? frameBytes : 0) + 16 * size * measurement.Probe.ModeCount;
        var report = new PreflightReport
        {
            Frames = data.FrameCount,
            FrameSize = (data.Height, data.Width),
            ObjectSize = (measurement.ObjectHeight, measurement.ObjectWidth),
            ObjectPixel = geometry?.ObjectPixel(data.Height, data.Width),
            MeanFrameIntensity = light.MeanFrameIntensity * (data.CountsPerUnit ?? 1),
            InCounts = data.CountsPerUnit is not null,
            LargestValue = light.Largest,
            MaskedPixels = data.Mask?.PixelWeights.Count(weight => weight == 0) ?? 0,
            DeadPixels = light.Dead,
            SaturatedPixels = light.Saturated,
            MedianStep = ScanCoverage.MedianStep(positions),
            Step = ScanCoverage.Step(positions),
            DuplicatePositions = data.FrameCount - positions.Distinct().Count(),
            WindowOverlap = ScanCoverage.Overlap(positions, Math.Min(data.Height, data.Width)),
            ProbeDiameter = diameter,
            ProbeOverlap = ScanCoverage.Overlap(positions, diameter),
            LightOffset = LightCentre.Find(data),
            Coverage = ScanStatistics.Coverage(measurement),
            ManagedSolverBytes = managed + FlowObjects * objectBytes,
            MaximumLikelihoodBytes = managed + LikelihoodObjects * objectBytes,
            TensorSolverBytes =
                4 * size * data.FrameCount
                + 64 * size * data.FrameCount * measurement.Probe.ModeCount
                + 8 * objectBytes,
            SweepTime = Files.SweepTime.Estimate(data.FrameCount, measurement.Probe.ModeCount, data.Height, data.Width),
            Warnings = [],
        };
        return report with { Warnings = [.. report.Warn()] };
    }

    /// <summary>The report as lines of text.</summary>
    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        var pixel = ObjectPixel is { } p
            ? string.Create(
                culture,
                $" of {p.Height * 1e9:g4}×{p.Width * 1e9:g4} nm, "
                    + $"{ObjectExtent!.Value.Height * 1e6:g4}×{ObjectExtent.Value.Width * 1e6:g4} µm"
            )
            : "";
        var unit = InCounts ? "counts" : "units of intensity";
        return string.Join(
            '\n',
            [
                string.Create(culture, $"frames      {Frames} of {FrameSize.Height}×{FrameSize.Width} pixels"),
                string.Create(culture, $"object      {ObjectSize.Height}×{ObjectSize.Width} pixels{pixel}"),
                string.Create(
                    culture,
                    $"light       {MeanFrameIntensity:g5} {unit} a frame; the largest stored value is {LargestValue:g5}"
                ),
                string.Create(
                    culture,
                    $"pixels      {MaskedPixels} masked, {DeadPixels} always 0, {SaturatedPixels} saturated"
                ),
                .. Centre(),
                string.Create(culture, $"scan        step {Step:g4} px, probe {ProbeDiameter:g4} px (90 %)"),
                string.Create(culture, $"overlap     {WindowOverlap:p0} of the window, {ProbeOverlap:p0} of the probe"),
                string.Create(culture, $"coverage    {Coverage:p1} of the object"),
                string.Create(
                    culture,
                    $"memory      {ManagedSolverBytes / 1e6:f0} MB rPIE or AWF, {MaximumLikelihoodBytes / 1e6:f0} MB maximum "
                        + $"likelihood, {TensorSolverBytes / 1e6:f0} MB as tensors"
                ),
                string.Create(culture, $"time        {SweepTime.TotalSeconds:g3} s a sweep of rPIE on one core, about"),
                .. Warnings.Select(warning => $"warning     {warning}"),
            ]
        );
    }

    private IEnumerable<string> Centre()
    {
        if (LightOffset is { } offset && Math.Max(Math.Abs(offset.Row), Math.Abs(offset.Column)) >= NotableOffset)
            yield return FormattableString.Invariant(
                $"centre      of the light: ({offset.Row:f1}, {offset.Column:f1}) px from the zero frequency{OnStored()}"
            );
    }

    private string OnStored() =>
        StoredLightCentre is { } pixel
            ? FormattableString.Invariant($", stored pixel ({pixel.Row}, {pixel.Column})")
            : "";

    private IEnumerable<string> Warn()
    {
        if (LightOffset is { } offset && IsLightDisplaced)
            yield return FormattableString.Invariant(
                $"The light of the frames is centred ({offset.Row:f0}, {offset.Column:f0}) pixels from the zero frequency{OnStored()}: is that somewhere else in the stored frames, in the middle or in the corner?"
            );
        if (Frames > 1 && ProbeOverlap < 0.5)
            yield return "Neighbouring probes overlap by less than half; expect artefacts, or use a prior.";
        if (Frames > 1 && MedianStep == 0)
            yield return "More than half of the positions have another at the same place; are they in metres?";
        else if (DuplicatePositions > 0)
            yield return $"{DuplicatePositions} frames lie exactly where an earlier one does; "
                + "CleaningOptions.DropDuplicates leaves them out.";
        if (SaturatedPixels > 0)
            yield return "Some pixels reach the detector's limit; mask them out.";
        if (DeadPixels > FrameSize.Height * FrameSize.Width / 2)
            yield return "More than half of the pixels never see light; a smaller crop is faster and loses nothing.";
        if (Coverage < 0.5)
            yield return "Most of the object is outside all windows; check the positions' unit and axes.";
    }
}
