using System.Globalization;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// ptypy's prepared data, .ptyd (HDF5): <c>chunks/N/data</c> [K, h, w] with the zero frequency at [⌊h/2⌋, ⌊w/2⌋],
/// <c>chunks/N/positions</c> [K, 2] in metres (y, x), <c>chunks/N/weights</c> [K, h, w] or
/// empty, then <c>weight2d</c> [h, w] of <c>meta</c>, <c>info</c> or <c>common</c> holds for all frames if it is there; in <c>meta</c> or <c>info</c>
/// <c>energy</c> (keV), <c>distance</c> (m), <c>psize</c> (m, one or (y, x)). The text "None" is nothing. The format
/// has no probe.
/// </summary>
public static class PtydFile
{
    /// <summary>Reads all chunks, in the order of their numbers, as one measurement.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The probe or that one is made of the frames, which must be said, and what else the file does not say.</param>
    /// <exception cref="ArgumentException">There is no probe, and none is to be made.</exception>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file, dataset and place are named.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ImportedMeasurement Read(string path, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is { Probe: null, ProbeFromFrames: false })
            throw new ArgumentException(
                "A .ptyd file holds no probe: set Probe, or ProbeFromFrames for a start.",
                nameof(options)
            );
        using var file = Hdf5File.Open(path);
        return MeasurementAssembly.Guard(
            path,
            () => Hdf5DroppedFrames.Join(Build(file, options), file, "info", options.FirstFrame)
        );
    }

    /// <summary>
    /// Writes a measurement, whole or not at all, as one chunk: frames as float32, weights as pixel times frame weight,
    /// dropped frames in <c>info</c>.
    /// The format has no place for the probe, the unit and the object's size; <see cref="CxiFile"/> and
    /// <see cref="MeasurementFile"/> keep everything.
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
        PtydWriter.Write(path, measurement, geometry, deflateLevel);
    }

    private static ImportedMeasurement Build(Hdf5File file, ImportOptions options)
    {
        var notes = new List<string>();
        var chunks = Chunks(file);
        var shapes = chunks.ConvertAll(chunk => Shape(file, chunk));
        var (height, width) = (shapes[0].Height, shapes[0].Width);
        for (var i = 0; i < chunks.Count; i++)
            if (shapes[i].Height != height || shapes[i].Width != width)
                throw new InvalidDataException(
                    $"'{chunks[i]}/data' has frames of {shapes[i].Height}×{shapes[i].Width}, "
                        + $"'{chunks[0]}/data' of {height}×{width}."
                );
        var (first, count) = MeasurementAssembly.Range(shapes.Sum(shape => shape.Frames), options);
        var frames = FrameImport.Create(height, width, centred: true, options, notes);
        var geometry = options.Imported(options.Geometry ?? ReadGeometry(file));
        var size = frames.Height * frames.Width;
        var values = new List<float[]>();
        var positions = new List<ScanPosition>();
        var weighing = new PtydWeights(file, frames, height, width, notes);
        var type = ElementType.Float32;
        var at = 0L;
        for (var i = 0; i < chunks.Count; at += shapes[i].Frames, i++)
        {
            var from = (int)Math.Clamp(first - at, 0, int.MaxValue);
            var part = (int)(Math.Min(shapes[i].Frames, first + (long)count - at) - from);
            if (part <= 0)
                continue;
            using var stack = file.OpenDataset($"{chunks[i]}/data");
            stack.RequireStored((long)part * height * width);
            type = stack.ElementType;
            values.Add(
                MeasurementAssembly.ReadFrames((start, length) => stack.ReadRange(start, length), frames, from, part)
            );
            positions.AddRange(ReadPositions(file, chunks[i], shapes[i].Frames, from, part, geometry, frames));
            weighing.Add(chunks[i], shapes[i].Frames, from, part);
        }
        var all = values.Count == 1 ? values[0] : Joined(values, count, size);
        var unit = MeasurementAssembly.GuessUnit(type, all, options, notes);
        var weights = ImportedMask.Complete(weighing.Mask, all, frames, options, notes)!;
        var mask = weights.All(weight => weight == 1) ? null : new DetectorMask(weights);
        var raw = new RawMeasurement
        {
            Values = all,
            FrameCount = count,
            Height = frames.Height,
            Width = frames.Width,
            Unit = unit,
            Mask = mask,
            Positions = MeasurementAssembly.Orient(positions, options, notes),
            Probe =
                ImportedProbe.Fit(options.Probe, frames, notes)
                ?? MeasurementAssembly.Placeholder(options, frames.Height, frames.Width, "no probe"),
        };
        var read = MeasurementAssembly.Fit(raw, frames, geometry, options, notes);
        return options.Probe is null ? MeasurementAssembly.WithProbeOfFrames(read) : read;
    }

    private static float[] Joined(List<float[]> parts, int count, int size)
    {
        if ((long)count * size > Array.MaxLength)
            throw new InvalidDataException(
                $"{count} frames of {size} pixels do not fit one array; set FrameCount or Crop."
            );
        var all = new float[count * size];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }
        return all;
    }

    private static List<string> Chunks(Hdf5File file)
    {
        var numbered = new List<(long Number, string Path)>();
        foreach (var name in file.Keys("chunks"))
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbered.Add((number, $"chunks/{name}"));
        if (numbered.Count == 0)
            throw new InvalidDataException("'chunks' holds no chunk.");
        return [.. numbered.OrderBy(chunk => chunk.Number).Select(chunk => chunk.Path)];
    }

    private static (long Frames, int Height, int Width) Shape(Hdf5File file, string chunk)
    {
        using var stack = file.OpenDataset($"{chunk}/data");
        if (
            stack.Shape
            is not [>= 1 and var count, >= 1 and <= int.MaxValue and var height, >= 1 and <= int.MaxValue and var width]
        )
            throw new InvalidDataException($"'{chunk}/data' must be [frames, rows, columns].");
        // Before tables of this size are made.
        stack.RequireStored(height * width);
        return (count, (int)height, (int)width);
    }

    private static IEnumerable<ScanPosition> ReadPositions(
        Hdf5File file,
        string chunk,
        long stored,
        int first,
        int count,
        ExperimentGeometry geometry,
        FrameImport frames
    )
    {
        using var dataset = file.OpenDataset($"{chunk}/positions");
        if (dataset.Shape is not [var rows, 2] || rows != stored)
            throw new InvalidDataException($"'{chunk}/positions' must be [{stored}, 2], metres (y, x).");
        var metres = dataset.ReadRange(first, count).ToDouble();
        var (height, width) = geometry.ObjectPixel(frames.Height, frames.Width);
        return Enumerable
            .Range(0, count)
            .Select(k => new ScanPosition(metres[2 * k] / height, metres[2 * k + 1] / width))
            .ToArray();
    }

    private static ExperimentGeometry ReadGeometry(Hdf5File file)
    {
        var pixel = Meta(file, "psize");
        return new ExperimentGeometry
        {
            Energy = PhotonEnergy.Require(
                Meta(file, "energy")[0] * ExperimentGeometry.JoulesPerKiloelectronvolt,
                "meta/energy"
            ),
            Distance = Meta(file, "distance")[0],
            DetectorPixelHeight = pixel[0],
            DetectorPixelWidth = pixel[^1],
        };
    }

    private static double[] Meta(Hdf5File file, string name) =>
        Hdf5Numbers.Find(file, $"meta/{name}")
        ?? Hdf5Numbers.Find(file, $"info/{name}")
        ?? throw new InvalidDataException(
            $"'meta/{name}' is missing; give it by {nameof(ImportOptions)}.{nameof(ImportOptions.Geometry)}."
        );
}
