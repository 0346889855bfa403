using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files.Products;

/// <summary>
/// A finished reconstruction as other programs exchange it: object, probe, positions and what belongs to them, in SI
/// units. <see cref="PtychodusProductFile"/> and <see cref="PtyrFile"/> read and write it. The fields belong to the
/// product and are not to be written to.
/// </summary>
public sealed record ReconstructionProduct
{
    /// <summary>The object's layers along the beam, at least one, all of one shape [H, W].</summary>
    public required IReadOnlyList<ComplexField> ObjectLayers { get; init; }

    /// <summary>
    /// The probe: for each coherent mode (one, or the orthogonal ones of a probe that varies from frame to frame) its
    /// incoherent modes, all of one shape [h, w].
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<ComplexField>> ProbeModes { get; init; }

    /// <summary>The centre of each frame's window.</summary>
    public required IReadOnlyList<StagePosition> Positions { get; init; }

    /// <summary>Height (y) and width (x) of an object pixel, m.</summary>
    public required (double Height, double Width) ObjectPixel { get; init; }

    /// <summary>Height (y) and width (x) of a probe pixel, m.</summary>
    public required (double Height, double Width) ProbePixel { get; init; }

    /// <summary>Where the stage is when the window's centre is at row H/2, column W/2 of the object, m.</summary>
    public (double X, double Y) ObjectCentre { get; init; }

    /// <summary>Distance of each layer to the next, m; one less than there are layers.</summary>
    public IReadOnlyList<double> LayerSpacing { get; init; } = [];

    /// <summary>Energy of a photon, eV, as the files have it; 0 where it is unknown.</summary>
    public double EnergyElectronvolts { get; init; }

    /// <summary>From the sample to the detector, m; 0 where it is unknown.</summary>
    public double DetectorDistance { get; init; }

    /// <summary>Photons of the probe in one exposure; 0 where they are unknown.</summary>
    public double ProbePhotonCount { get; init; }

    /// <summary>Exposure of a frame, s; 0 where it is unknown.</summary>
    public double ExposureTime { get; init; }

    /// <summary>Mass attenuation coefficient of the object, m²/kg; 0 where it is unknown.</summary>
    public double MassAttenuation { get; init; }

    /// <summary>Rotation of the object in a tomogram, degrees.</summary>
    public double TomographyAngle { get; init; }

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Remarks.</summary>
    public string Comments { get; init; } = "";

    /// <summary>The solver's loss by epoch.</summary>
    public IReadOnlyList<(long Epoch, double Value)> Losses { get; init; } = [];

    /// <summary>Weight of each coherent mode in each frame [K, coherent], or null.</summary>
    public NumericArray? CoherentWeights { get; init; }

    /// <summary>What was changed on reading, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The first coherent mode's incoherent modes as a probe.</summary>
    /// <exception cref="ArgumentException">A value is not finite, or all are zero.</exception>
    public Probe ToProbe() => Probe.FromModes(ProbeModes[0]);

    /// <summary>The first pixel of each frame's window on the object, pixels.</summary>
    /// <exception cref="ArgumentException">A position is far outside any object; its index is named.</exception>
    public ScanPattern ToScanPattern()
    {
        var (layer, probe) = (ObjectLayers[0], ProbeModes[0][0]);
        var top = (layer.Height - probe.Height) / 2.0;
        var left = (layer.Width - probe.Width) / 2.0;
        return new ScanPattern(
            Positions.Select(p => new ScanPosition(
                (p.Y - ObjectCentre.Y) / ObjectPixel.Height + top,
                (p.X - ObjectCentre.X) / ObjectPixel.Width + left
            ))
        );
    }

    /// <summary>Makes a product of a measurement and the object that was reconstructed from it.</summary>
    /// <param name="measurement">For the positions and the probe.</param>
    /// <param name="geometry">Turns pixels into metres.</param>
    /// <param name="reconstruction">[H, W] of the measurement's object.</param>
    /// <param name="probe">The probe that was refined, of the measurement's shape, or null: the measurement's.</param>
    /// <exception cref="ArgumentException">The object or the probe has another shape.</exception>
    public static ReconstructionProduct Create(
        Measurement measurement,
        ExperimentGeometry geometry,
        ComplexField reconstruction,
        Probe? probe = null
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(reconstruction);
        probe ??= measurement.Probe;
        var (rows, columns) = (measurement.ObjectHeight, measurement.ObjectWidth);
        if (reconstruction.Height != rows || reconstruction.Width != columns)
            throw new ArgumentException(
                $"The object is {reconstruction.Height}×{reconstruction.Width}, the measurement's {rows}×{columns}.",
                nameof(reconstruction)
            );
        if (probe.Height != measurement.Data.Height || probe.Width != measurement.Data.Width)
            throw new ArgumentException("The probe has not the shape of the frames.", nameof(probe));
        var pixel = geometry.ObjectPixel(probe.Height, probe.Width);
        var (top, left) = ((rows - probe.Height) / 2.0, (columns - probe.Width) / 2.0);
        return new ReconstructionProduct
        {
            ObjectLayers = [reconstruction],
            ProbeModes = [probe.Modes],
            Positions =
            [
                .. measurement.Positions.Select(
                    (p, k) => new StagePosition(k, (p.Column - left) * pixel.Width, (p.Row - top) * pixel.Height)
                ),
            ],
            ObjectPixel = pixel,
            ProbePixel = pixel,
            EnergyElectronvolts = geometry.Energy / ExperimentGeometry.JoulesPerKiloelectronvolt * 1000,
            DetectorDistance = geometry.Distance,
        };
    }

    /// <summary>
    /// Makes a product of a file's measurement and what was reconstructed from it. The stage keeps its zero point: positions
    /// are those of the file, turned as the options said, with what was corrected.
    /// </summary>
    /// <param name="imported">For positions, probe and geometry, which it must have.</param>
    /// <param name="reconstruction">[H, W] of the measurement's object.</param>
    /// <param name="probe">The probe that was refined, of the measurement's shape, or null: the measurement's.</param>
    /// <param name="positions">The positions that were corrected, one for each frame, or null: the measurement's.</param>
    /// <exception cref="ArgumentException">The geometry is unknown, or a shape or number disagrees.</exception>
    public static ReconstructionProduct Create(
        ImportedMeasurement imported,
        ComplexField reconstruction,
        Probe? probe = null,
        ScanPattern? positions = null
    )
    {
        ArgumentNullException.ThrowIfNull(imported);
        if (imported.Geometry is not { } geometry)
            throw new ArgumentException(
                "Pixels become metres only where energy, distance and detector pixel are known.",
                nameof(imported)
            );
        var measurement = imported.Measurement;
        positions ??= measurement.Positions;
        if (positions.Count != measurement.Positions.Count)
            throw new ArgumentException(
                $"There are {positions.Count} positions for {measurement.Positions.Count} frames.",
                nameof(positions)
            );
        var product = Create(measurement, geometry, reconstruction, probe);
        var ((height, width), window) = (product.ObjectPixel, measurement.Data);
        var (top, left) = (
            (measurement.ObjectHeight - window.Height) / 2.0 + imported.Origin.Row,
            (measurement.ObjectWidth - window.Width) / 2.0 + imported.Origin.Column
        );
        return product with
        {
            ObjectCentre = (left * width, top * height),
            Positions =
            [
                .. positions.Select(
                    (p, k) =>
                        new StagePosition(
                            k,
                            (p.Column + imported.Origin.Column) * width,
                            (p.Row + imported.Origin.Row) * height
                        )
                ),
            ],
        };
    }

    /// <summary>What must hold before it is written.</summary>
    internal void Validate()
    {
        if (ObjectLayers.Count == 0 || ProbeModes.Count == 0 || ProbeModes[0].Count == 0)
            throw new InvalidDataException("a product needs an object and a probe.");
        if (ObjectLayers.Any(layer => (layer.Height, layer.Width) != (ObjectLayers[0].Height, ObjectLayers[0].Width)))
            throw new InvalidDataException("the object's layers differ in shape.");
        var first = ProbeModes[0][0];
        foreach (var mode in ProbeModes)
            if (mode.Count != ProbeModes[0].Count || mode.Any(f => (f.Height, f.Width) != (first.Height, first.Width)))
                throw new InvalidDataException("the probe's modes differ in number or shape.");
        if (LayerSpacing.Count != ObjectLayers.Count - 1)
            throw new InvalidDataException(
                $"there are {ObjectLayers.Count} layers but {LayerSpacing.Count} distances between them."
            );
        double[] sizes = [ObjectPixel.Height, ObjectPixel.Width, ProbePixel.Height, ProbePixel.Width];
        if (sizes.Any(size => !(size > 0 && double.IsFinite(size))))
            throw new InvalidDataException("the sizes of pixels must be finite and above 0.");
    }
}
