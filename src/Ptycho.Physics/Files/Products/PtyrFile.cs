using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files.Products;

/// <summary>
/// ptypy's reconstructions (.ptyr, HDF5): <c>content/obj/ID</c> and <c>content/probe/ID</c> with <c>data</c>
/// [layers, H, W], <c>_psize</c> (m, (y, x)), <c>_center</c> (the pixel of the position 0) and <c>_energy</c> (keV);
/// <c>content/positions/ID</c> [K, 2] in metres (y, x), the windows' centres. In ptypy the layers of object and probe
/// are modes that do not interfere.
/// </summary>
public static class PtyrFile
{
    private const string Id = "SscanG00";

    /// <summary>Reads one storage of object and probe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">Which, such as "Sscan_00G00"; null takes the first and says so in the notes where there are
    /// more.</param>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file and dataset are named.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ReconstructionProduct Read(string path, string? id = null)
    {
        using var file = Hdf5File.Open(path);
        return MeasurementAssembly.Guard(path, () => Build(file, id));
    }

    /// <summary>Writes the parts that ptypy's <c>minimal</c> files have, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="product">One coherent mode; what the format has no place for (distance, losses, texts) is left out.
    /// </param>
    /// <exception cref="InvalidDataException">The product's parts do not fit together, or it has several coherent modes
    /// or layers along the beam, which the format cannot hold.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReconstructionProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        product.Validate();
        if (product.ProbeModes.Count != 1 || product.ObjectLayers.Count != 1)
            throw new InvalidDataException(
                $"a .ptyr file holds one coherent mode and one layer along the beam, not {product.ProbeModes.Count} "
                    + $"and {product.ObjectLayers.Count}."
            );
        Hdf5File.Write(path, root => Fill(root, product));
    }

    private static ReconstructionProduct Build(Hdf5File file, string? id)
    {
        var notes = new List<string>();
        var objectId = Choose(file, "content/obj", id, notes);
        var probeId = Choose(file, "content/probe", id ?? objectId, notes);
        var (objectPath, probePath) = ($"content/obj/{objectId}", $"content/probe/{probeId}");
        var modes = ProductArrays.ToFields(file.Read($"{objectPath}/data"), $"{objectPath}/data", notes);
        var probe = ProductArrays.ToFields(file.Read($"{probePath}/data"), $"{probePath}/data", notes);
        if (modes.Count > 1)
            notes.Add($"The object has {modes.Count} modes that do not interfere; the first was taken.");
        var pixel = Pair(file, $"{objectPath}/_psize");
        var product = new ReconstructionProduct
        {
            ObjectLayers = [modes[0]],
            ProbeModes = [probe],
            Positions = Positions(file, objectId, notes),
            ObjectPixel = pixel,
            ProbePixel = file.IsDataset($"{probePath}/_psize") ? Pair(file, $"{probePath}/_psize") : pixel,
            ObjectCentre = Centre(file, objectPath, pixel, modes[0], probe[0]),
            EnergyElectronvolts = 1000 * (Hdf5Numbers.Find(file, $"{objectPath}/_energy")?[0] ?? 0),
            Notes = notes,
        };
        product.Validate();
        return product;
    }

    // ptypy has the window's first pixel at position/pixel + centre − ⌊h/2⌋.
    private static (double X, double Y) Centre(
        Hdf5File file,
        string path,
        (double Height, double Width) pixel,
        ComplexField layer,
        ComplexField probe
    )
    {
        var (row, column) = file.IsDataset($"{path}/_center")
            ? Pair(file, $"{path}/_center")
            : (layer.Height / 2, layer.Width / 2);
        return (
            Shift(layer.Width, probe.Width, column) * pixel.Width,
            Shift(layer.Height, probe.Height, row) * pixel.Height
        );
    }

    private static double Shift(int layer, int probe, double centre) => layer / 2.0 - probe / 2.0 + probe / 2 - centre;

    private static List<StagePosition> Positions(Hdf5File file, string id, List<string> notes)
    {
        var path = $"content/positions/{id}";
        if (!file.IsDataset(path))
        {
            notes.Add("The file has no positions.");
            return [];
        }
        var array = file.Read(path);
        if (array.Shape is not [_, 2])
            throw new InvalidDataException($"'{path}' must be [K, 2], metres (y, x), not {array}.");
        return [.. array.ToDouble().Chunk(2).Select((yx, k) => new StagePosition(k, yx[1], yx[0]))];
    }

    private static string Choose(Hdf5File file, string group, string? id, List<string> notes)
    {
        var ids = file.Keys(group).Where(key => file.IsDataset($"{group}/{key}/data")).ToList();
        if (ids.Count == 0)
            throw new InvalidDataException($"'{group}' has no storage with 'data'.");
        if (id is not null && ids.Contains(id, StringComparer.Ordinal))
            return id;
        if (id is not null && string.Equals(group, "content/obj", StringComparison.Ordinal))
            throw new InvalidDataException(
                $"'{group}' has no storage '{id}'; it has: {string.Join(", ", ids.Take(20))}."
            );
        if (ids.Count > 1)
            notes.Add($"'{group}' has {ids.Count} storages; {ids[0]} was taken.");
        return ids[0];
    }

    private static (double Row, double Column) Pair(Hdf5File file, string path) =>
        Hdf5Numbers.Find(file, path) is { } values
            ? (values[0], values[^1])
            : throw new InvalidDataException($"'{path}' is missing.");

    private static void Fill(Hdf5GroupWriter root, ReconstructionProduct product)
    {
        root.SetAttribute("h5rw_version", "0.1");
        root.WriteText("header/kind", "minimal");
        root.WriteText("header/description", "Ptypy .h5 compatible storage format");
        var (layer, probe) = (product.ObjectLayers[0], product.ProbeModes[0]);
        var centre = new[]
        {
            Shift(layer.Height, probe[0].Height, 0) - product.ObjectCentre.Y / product.ObjectPixel.Height,
            Shift(layer.Width, probe[0].Width, 0) - product.ObjectCentre.X / product.ObjectPixel.Width,
        };
        Storage(root.CreateGroup($"content/obj/{Id}"), product.ObjectLayers, product.ObjectPixel, centre, product);
        double[] middle = [probe[0].Height / 2, probe[0].Width / 2];
        Storage(root.CreateGroup($"content/probe/{Id}"), probe, product.ProbePixel, middle, product);
        var positions = product.Positions.SelectMany(p => new[] { p.Y, p.X }).ToArray();
        root.WriteDataset(
            $"content/positions/{Id}",
            NumericArray.Create<double>(positions, product.Positions.Count, 2)
        );
    }

    private static void Storage(
        Hdf5GroupWriter group,
        IReadOnlyList<ComplexField> fields,
        (double Height, double Width) pixel,
        double[] centre,
        ReconstructionProduct product
    )
    {
        group.WriteDataset("data", ProductArrays.ToArray(fields, fields.Count)).SetAttribute("type", "array");
        group.WriteDataset("_psize", NumericArray.Create<double>([pixel.Height, pixel.Width], 2));
        group.WriteDataset("_center", NumericArray.Create<double>(centre, 2));
        group.WriteDataset(
            "_origin",
            NumericArray.Create<double>([-centre[0] * pixel.Height, -centre[1] * pixel.Width], 2)
        );
        if (product.EnergyElectronvolts > 0)
            group.WriteDataset("_energy", NumericArray.Create<double>([product.EnergyElectronvolts / 1000], []));
    }
}
