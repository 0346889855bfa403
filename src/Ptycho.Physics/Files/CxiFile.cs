using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// CXI files (Coherent X-ray Imaging, HDF5) of ptychography: frames <c>entry_1/data_1/data</c> [K, h, w] with the zero
/// frequency at [⌊h/2⌋, ⌊w/2⌋]; <c>translation</c> [K, 3] in metres (x, y, z), x along the columns; the detector's
/// <c>distance</c>, <c>x_pixel_size</c>, <c>y_pixel_size</c> (m) and <c>mask</c> (0 is a good pixel); the source's
/// <c>energy</c> (J) and <c>illumination</c> (complex [h, w] or [M, h, w], in the object plane).
/// See https://www.cxidb.org/cxi.html.
/// </summary>
public static class CxiFile
{
    // What CXI has no place for; other readers pass over it.
    private const string Own = "entry_1/ptychography_1";

    /// <summary>Reads a measurement; only the frames that the options ask for are held in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say, and which part of it is wanted.</param>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file, dataset and place are named.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ImportedMeasurement Read(string path, ImportOptions? options = null)
    {
        using var file = Hdf5File.Open(path);
        return MeasurementAssembly.Guard(
            path,
            () =>
            {
                var imported = Build(file, options ?? new ImportOptions());
                return Hdf5DroppedFrames.Join(imported, file, Own, options?.FirstFrame ?? 0);
            }
        );
    }

    /// <summary>Opens the frames for reading one by one: a data set may be larger than memory.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static FrameStream OpenFrames(string path, ImportOptions? options = null) =>
        CxiEntry.OpenStream(path, _ => "entry_1", (_, _, given, _) => given, options ?? new ImportOptions());

    /// <summary>
    /// Writes a measurement, whole or not at all. What CXI has no place for (positions in pixels, size of the object,
    /// weights between 0 and 1, counts per unit, dropped frames) goes into <c>entry_1/ptychography_1</c>, so that <see cref="Read"/>
    /// gives back every bit.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="measurement">What to write.</param>
    /// <param name="geometry">Turns pixels into metres.</param>
    /// <param name="deflateLevel">Compression of the frames, 0 (none) to 9.</param>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Measurement measurement, ExperimentGeometry geometry, int deflateLevel = 4)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(geometry);
        CxiWriter.Write(path, measurement, geometry, deflateLevel);
    }

    /// <summary>
    /// Writes a reconstruction with what it was made of: the measurement as <see cref="Write"/> does, with the refined probe and
    /// positions as the illumination and the translations, and the object in <c>entry_1/image_1/data</c>, complex64 [H, W].
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="measurement">Frames, with the probe and the positions that belong to the object.</param>
    /// <param name="geometry">Turns pixels into metres.</param>
    /// <param name="reconstruction">[H, W] of the measurement's object.</param>
    /// <param name="deflateLevel">Compression of the frames, 0 (none) to 9.</param>
    /// <exception cref="ArgumentException">The object has another shape.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteResult(
        string path,
        Measurement measurement,
        ExperimentGeometry geometry,
        ComplexField reconstruction,
        int deflateLevel = 4
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(reconstruction);
        if ((reconstruction.Height, reconstruction.Width) != (measurement.ObjectHeight, measurement.ObjectWidth))
            throw new ArgumentException(
                $"The object is {reconstruction.Height}×{reconstruction.Width}, the measurement's "
                    + $"{measurement.ObjectHeight}×{measurement.ObjectWidth}.",
                nameof(reconstruction)
            );
        CxiWriter.Write(path, measurement, geometry, deflateLevel, reconstruction);
    }

    private static ImportedMeasurement Build(Hdf5File file, ImportOptions options)
    {
        var notes = new List<string>();
        var entry = new CxiEntry(file, "entry_1");
        using var stack = entry.OpenFrames();
        options = entry.WithUnit(stack, options);
        var frames = entry.Frames(stack, options, notes);
        var (first, count) = MeasurementAssembly.Range(stack.Shape[0], options);
        CxiEntry.RequireStored(stack, count);
        var values = MeasurementAssembly.ReadFrames(
            (from, length) => stack.ReadRange(from, length),
            frames,
            first,
            count
        );
        var unit = MeasurementAssembly.GuessUnit(stack.ElementType, values, options, notes);
        var weights = entry.Mask(frames, $"{Own}/pixel_weights", notes);
        weights = ImportedMask.Complete(weights, values, frames, options, notes);
        var frameWeights = FrameWeights(file, stack.Shape[0])?.AsSpan(first, count).ToArray();
        if (weights is null && frameWeights is not null)
            weights = [.. Enumerable.Repeat(1f, frames.Height * frames.Width)];
        var mask = weights is null ? null : new DetectorMask(weights, frameWeights);
        var gain = Hdf5Numbers.Find(file, $"{Own}/counts_per_unit")?[0];
        var probe = ImportedProbe.Fit(options.Probe ?? entry.Probe(), frames, notes);
        var geometry = options.Imported(options.Geometry ?? entry.Geometry());
        var positions = entry.Translations(stack.Shape[0], first, count, geometry, frames);
        var raw = new RawMeasurement
        {
            Values = values,
            FrameCount = count,
            Height = frames.Height,
            Width = frames.Width,
            Unit = unit,
            CountsPerUnit = gain,
            Mask = mask,
            Positions = positions,
            Probe = probe ?? entry.NoProbe(options, frames),
        };
        var read = OwnPositions(file, positions, first, options) is { } exact
            ? AsWritten(raw, exact.Pattern, (exact.Height, exact.Width), geometry, options, notes)
            : MeasurementAssembly.Fit(
                raw with
                {
                    Positions = MeasurementAssembly.Orient(positions, options, notes),
                },
                frames,
                geometry,
                options,
                notes
            );
        return probe is null ? MeasurementAssembly.WithProbeOfFrames(read) : read;
    }

    private static ImportedMeasurement AsWritten(
        RawMeasurement read,
        ScanPattern exact,
        (int Height, int Width) shape,
        ExperimentGeometry geometry,
        ImportOptions options,
        List<string> notes
    )
    {
        var raw = read with { Positions = exact, ObjectShape = shape };
        var screen = MeasurementAssembly.Screen(raw, options, notes);
        var pattern = screen is null ? exact : new ScanPattern(screen.Positions);
        var data = MeasurementAssembly.Data(raw, screen);
        var measurement = new Measurement(data, pattern, raw.Probe, shape.Height, shape.Width)
        {
            Dropped = screen?.Dropped ?? [],
        };
        return new ImportedMeasurement(measurement, geometry, new ScanPosition(0, 0), notes);
    }

    // Metres cannot hold pixels to the last bit. Where somebody changed the metres since, the metres win.
    private static (ScanPattern Pattern, int Height, int Width)? OwnPositions(
        Hdf5File file,
        ScanPosition[] fromMetres,
        int first,
        ImportOptions options
    )
    {
        var asStored =
            options is { Crop: null, Binning: 1, Geometry: null, SwapPositions: false, Margin: 0 }
            && options is { FlipPositionRows: false, FlipPositionColumns: false };
        if (!asStored || !file.Exists($"{Own}/positions") || !file.Exists($"{Own}/object_shape"))
            return null;
        using var dataset = file.OpenDataset($"{Own}/positions");
        var shape = file.Read($"{Own}/object_shape").ToDouble();
        if (shape.Length != 2 || shape.Any(size => !(size >= 1 && size <= int.MaxValue && Math.Floor(size) == size)))
            throw new InvalidDataException(
                $"'{Own}/object_shape' must be two whole numbers above 0, rows and columns."
            );
        if (dataset.Shape.Length != 2 || dataset.Shape[1] != 2 || dataset.Shape[0] < first + fromMetres.Length)
            return null;
        var pixels = dataset.ReadRange(first, fromMetres.Length).ToDouble();
        for (var k = 0; k < fromMetres.Length; k++)
        {
            var (row, column) = (pixels[2 * k], pixels[2 * k + 1]);
            if (Math.Abs(row - fromMetres[k].Row) > 1e-6 || Math.Abs(column - fromMetres[k].Column) > 1e-6)
                return null;
        }
        var pattern = Enumerable
            .Range(0, fromMetres.Length)
            .Select(k => new ScanPosition(pixels[2 * k], pixels[2 * k + 1]));
        return (new ScanPattern(pattern), (int)shape[0], (int)shape[1]);
    }

    private static float[]? FrameWeights(Hdf5File file, long frames)
    {
        var weights = Single(file, $"{Own}/frame_weights");
        return weights is null || weights.Length == frames
            ? weights
            : throw new InvalidDataException(
                $"'{Own}/frame_weights' has {weights.Length} weights for {frames} frames."
            );
    }

    private static float[]? Single(Hdf5File file, string path) => file.Exists(path) ? file.Read(path).ToSingle() : null;
}
