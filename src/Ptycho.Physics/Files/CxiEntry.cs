using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>The places that CXI and NeXus NXcxi_ptycho share, of one entry of a file.</summary>
internal sealed class CxiEntry(Hdf5File file, string entry)
{
    public string Detector => $"{entry}/instrument_1/detector_1";

    /// <summary>Opens a file and its frames; the stream closes both.</summary>
    public static FrameStream OpenStream(
        string path,
        Func<Hdf5File, string> entryOf,
        Func<Hdf5File, string, ImportOptions, List<string>, ImportOptions> complete,
        ImportOptions options
    )
    {
        var file = Hdf5File.Open(path);
        try
        {
            return MeasurementAssembly.Guard(
                path,
                () =>
                {
                    var notes = new List<string>();
                    var name = entryOf(file);
                    var completed = complete(file, name, options, notes);
                    var entry = new CxiEntry(file, name);
                    var stack = entry.OpenFrames();
                    var (first, count) = MeasurementAssembly.Range(stack.Shape[0], options);
                    completed = entry.WithUnit(stack, completed);
                    return new FrameStream(stack, entry.Frames(stack, completed, notes), first, count, notes, file);
                }
            );
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The stack of frames as [frames, h, w], also where a raster is stored as [rows, columns, h, w].</summary>
    public IArraySource OpenFrames()
    {
        string[] places = [$"{entry}/data_1/data", $"{Detector}/data", $"{entry}/data_1/data_1"];
        var dataset = file.OpenDataset(places.FirstOrDefault(file.Exists) ?? places[0]);
        var shape = dataset.Shape;
        if (shape.Length is 3 or 4 && shape.All(axis => axis is >= 1 and <= int.MaxValue))
        {
            var frames = shape.Length == 3 ? (IArraySource)dataset : new RasterFrames(dataset);
            var pixels = frames.Shape[1] * frames.Shape[2];
            // Before tables of this size are made.
            dataset.RequireStored(pixels);
            if (pixels <= int.MaxValue)
                return frames;
        }
        dataset.Dispose();
        throw new InvalidDataException(
            $"'{dataset.Path}' must be [frames, rows, columns] or [slow, fast, rows, columns], not {shape.Length}-D "
                + $"({string.Join("×", shape)})."
        );
    }

    /// <summary>Refuses where so many frames cannot come from what is stored.</summary>
    public static void RequireStored(IArraySource stack, int count)
    {
        var dataset = stack is RasterFrames raster ? raster.Dataset : (Hdf5Dataset)stack;
        dataset.RequireStored(count * stack.Shape[1] * stack.Shape[2]);
    }

    /// <summary>How a stored frame becomes an imported one; says in the notes which of its axes came first.</summary>
    public FrameImport Frames(IArraySource stack, ImportOptions options, List<string> notes)
    {
        var stored = FromAttribute(stack.Path);
        var order = options.FrameAxes ?? stored ?? FrameAxisOrder.RowsFirst;
        var why =
            options.FrameAxes is not null ? "as the options say"
            : stored is not null ? "as the attribute 'axes' says"
            : "since the file does not say";
        var columnsFirst = order == FrameAxisOrder.ColumnsFirst;
        notes.Add($"Stored frames were taken as {(columnsFirst ? "[x, y]" : "[y, x]")}, {why}.");
        var (slow, fast) = ((int)stack.Shape[1], (int)stack.Shape[2]);
        return columnsFirst
            ? FrameImport.Create(fast, slow, centred: true, options, notes, columnsFirst: true)
            : FrameImport.Create(slow, fast, centred: true, options, notes);
    }

    /// <summary>The options with the unit that the file declares, where they name none.</summary>
    public ImportOptions WithUnit(IArraySource stack, ImportOptions options) =>
        options.Unit is null
        && Enum.TryParse<DiffractionUnit>(file.ReadTextAttribute(stack.Path, "units"), ignoreCase: true, out var unit)
        && Enum.IsDefined(unit)
            ? options with
            {
                Unit = unit,
            }
            : options;

    /// <summary>
    /// Weights of the imported pixels: those stored at a path, if it is there, else 1 where the mask is 0; null without a
    /// mask.
    /// </summary>
    public float[]? Mask(FrameImport frames, string? weightsPath, List<string> notes)
    {
        var size = frames.StoredPixels;
        var result = new float[frames.Height * frames.Width];
        if (weightsPath is not null && file.Exists(weightsPath))
        {
            var weights = file.Read(weightsPath).ToSingle();
            if (weights.Length != size)
                throw new InvalidDataException($"'{weightsPath}' has {weights.Length} pixels, the frames have {size}.");
            frames.ApplyWeights(weights, result);
            return result;
        }
        string[] places = [$"{Detector}/mask", $"{Detector}/pixel_mask"];
        if (places.FirstOrDefault(file.Exists) is not { } path)
            return null;
        var stored = file.Read(path).ToSingle();
        if (stored.Length == 0 || stored.Length % size != 0)
            throw new InvalidDataException($"'{path}' has {stored.Length} pixels, the frames have {size}.");
        var good = new float[size];
        Array.Fill(good, 1);
        for (var i = 0; i < stored.Length; i++)
            if (stored[i] != 0)
                good[i % size] = 0;
        if (stored.Length > size)
            notes.Add("The file has a mask for every frame; a pixel that is bad in one of them was masked in all.");
        frames.ApplyWeights(good, result);
        return result;
    }

    /// <summary>The probe, or null where the file has none.</summary>
    public Probe? Probe()
    {
        string[] places = [Illumination, $"{entry}/source_1/illumination", $"{Detector}/illumination"];
        return places.FirstOrDefault(file.Exists) is { } found
            ? MeasurementAssembly.ToProbe(file.Read(found), found)
            : null;
    }

    /// <summary>What stands in for a probe where there is none.</summary>
    public Probe NoProbe(ImportOptions options, FrameImport frames) =>
        MeasurementAssembly.Placeholder(options, frames.Height, frames.Width, $"there is no probe in '{Illumination}'");

    private string Illumination => $"{entry}/instrument_1/source_1/illumination";

    /// <summary>The geometry, with the photon's energy from where CXI has it.</summary>
    public ExperimentGeometry Geometry()
    {
        var source = file.Exists($"{entry}/instrument_1/source_1")
            ? $"{entry}/instrument_1/source_1"
            : $"{entry}/source_1";
        return Geometry($"{source}/energy");
    }

    public ExperimentGeometry Geometry(string energyPath) =>
        new()
        {
            Energy = PhotonEnergy.Require(
                Hdf5Numbers.Require(file, energyPath) * SiUnit.Energy(file, energyPath),
                energyPath
            ),
            Distance = Length($"{Detector}/distance"),
            DetectorPixelHeight = Length($"{Detector}/y_pixel_size"),
            DetectorPixelWidth = Length($"{Detector}/x_pixel_size"),
        };

    /// <summary>Positions in pixels of the object from metres (x, y, z).</summary>
    public ScanPosition[] Translations(
        long frameCount,
        int first,
        int count,
        ExperimentGeometry geometry,
        FrameImport frames
    )
    {
        string[] places =
        [
            $"{entry}/data_1/translation",
            $"{entry}/sample_1/geometry_1/translation",
            $"{Detector}/translation",
        ];
        using var dataset = file.OpenDataset(places.FirstOrDefault(file.Exists) ?? places[0]);
        if (dataset.Shape.Length != 2 || dataset.Shape[0] != frameCount || dataset.Shape[1] is not (2 or 3))
            throw new InvalidDataException(
                $"'{dataset.Path}' must be [{frameCount}, 3], metres (x, y, z), one for each frame."
            );
        var stored = dataset.ReadRange(first, count).ToDouble();
        var unit = SiUnit.Length(file, dataset.Path);
        var axes = (int)dataset.Shape[1];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(k =>
                    geometry.ToPixels(stored[k * axes] * unit, stored[k * axes + 1] * unit, frames.Height, frames.Width)
                ),
        ];
    }

    private double Length(string path) => Hdf5Numbers.Require(file, path) * SiUnit.Length(file, path);

    // "translation:y:x"; other forms say nothing.
    private FrameAxisOrder? FromAttribute(string path)
    {
        var names = file.ReadTextAttribute(path, "axes")
            ?.Trim('[', ']')
            .Split([':', ','], StringSplitOptions.TrimEntries);
        return names is not { Length: >= 2 }
            ? null
            : (names[^2].ToUpperInvariant(), names[^1].ToUpperInvariant()) switch
            {
                ("Y", "X") => FrameAxisOrder.RowsFirst,
                ("X", "Y") => FrameAxisOrder.ColumnsFirst,
                _ => null,
            };
    }
}
