using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files.Products;

/// <summary>
/// ptychodus's product files (.h5): datasets <c>object</c> [layer, y, x] and <c>probe</c> [coherent, incoherent, h, w],
/// each with <c>pixel_height_m</c> and <c>pixel_width_m</c>, the object with <c>center_x_m</c> and <c>center_y_m</c>;
/// <c>probe_position_indexes</c>, <c>probe_position_x_m</c>, <c>probe_position_y_m</c> apart, the windows' centres;
/// <c>object_layer_spacing_m</c>, <c>opr_weights</c>, <c>loss_epochs</c>, <c>loss_values</c>; attributes of the root for
/// the rest. Older files (probe with fewer axes, <c>costs</c>, <c>object_layer_distance_m</c>) are read too.
/// </summary>
public static class PtychodusProductFile
{
    /// <summary>Reads a product.</summary>
    /// <exception cref="InvalidDataException">Something is missing or wrong; file and dataset are named.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ReconstructionProduct Read(string path)
    {
        using var file = Hdf5File.Open(path);
        return MeasurementAssembly.Guard(path, () => Build(file));
    }

    /// <summary>Writes a product, whole or not at all; <see cref="Read"/> gives back every bit.</summary>
    /// <exception cref="InvalidDataException">The product's parts do not fit together.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReconstructionProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        product.Validate();
        Hdf5File.Write(path, root => Fill(root, product));
    }

    private static ReconstructionProduct Build(Hdf5File file)
    {
        var notes = new List<string>();
        var layers = ProductArrays.ToFields(file.Read("object"), "object", notes);
        var (epochs, values) = (Find(file, "loss_epochs"), Find(file, "loss_values") ?? Find(file, "costs") ?? []);
        var product = new ReconstructionProduct
        {
            ObjectLayers = layers,
            ProbeModes = Probe(file, notes),
            Positions = Positions(file),
            ObjectPixel = (Number(file, "object", "pixel_height_m"), Number(file, "object", "pixel_width_m")),
            ProbePixel = (Number(file, "probe", "pixel_height_m"), Number(file, "probe", "pixel_width_m")),
            ObjectCentre = (Number(file, "object", "center_x_m"), Number(file, "object", "center_y_m")),
            LayerSpacing =
            [
                .. (Find(file, "object_layer_spacing_m") ?? Find(file, "object_layer_distance_m") ?? []).Take(
                    layers.Count - 1
                ),
            ],
            EnergyElectronvolts = Number(file, "", "probe_energy_eV"),
            DetectorDistance = Number(file, "", "detector_object_distance_m"),
            ProbePhotonCount = Optional(file, "probe_photon_count"),
            ExposureTime = Optional(file, "exposure_time_s"),
            MassAttenuation = Optional(file, "mass_attenuation_m2_kg"),
            TomographyAngle = Optional(file, "tomography_angle_deg"),
            Name = file.ReadTextAttribute("", "name") ?? "",
            Comments = file.ReadTextAttribute("", "comments") ?? "",
            Losses =
            [
                .. values.Select(
                    (value, i) => ((long)(epochs is not null && i < epochs.Length ? epochs[i] : i), value)
                ),
            ],
            CoherentWeights = file.IsDataset("opr_weights") ? file.Read("opr_weights") : null,
            Notes = notes,
        };
        product.Validate();
        return product;
    }

    private static List<IReadOnlyList<ComplexField>> Probe(Hdf5File file, List<string> notes)
    {
        var array = file.Read("probe");
        var fields = ProductArrays.ToFields(array, "probe", notes);
        var incoherent = array.Shape.Length == 2 ? 1 : array.Shape[^3];
        return [.. fields.Chunk(incoherent).Select(modes => (IReadOnlyList<ComplexField>)modes)];
    }

    private static List<StagePosition> Positions(Hdf5File file)
    {
        var x = file.Read("probe_position_x_m").ToDouble();
        var y = file.Read("probe_position_y_m").ToDouble();
        var indices = Find(file, "probe_position_indexes") ?? [.. Enumerable.Range(0, x.Length).Select(k => (double)k)];
        if (x.Length != y.Length || x.Length != indices.Length || x.Length == 0)
            throw new InvalidDataException(
                $"there are {x.Length} positions in x, {y.Length} in y and {indices.Length} indices."
            );
        return [.. x.Select((value, k) => new StagePosition((long)indices[k], value, y[k]))];
    }

    private static void Fill(Hdf5GroupWriter root, ReconstructionProduct product)
    {
        root.SetAttribute("name", product.Name);
        root.SetAttribute("comments", product.Comments);
        root.SetAttribute("detector_object_distance_m", Scalar(product.DetectorDistance));
        root.SetAttribute("probe_energy_eV", Scalar(product.EnergyElectronvolts));
        root.SetAttribute("probe_photon_count", Scalar(product.ProbePhotonCount));
        root.SetAttribute("exposure_time_s", Scalar(product.ExposureTime));
        root.SetAttribute("mass_attenuation_m2_kg", Scalar(product.MassAttenuation));
        root.SetAttribute("tomography_angle_deg", Scalar(product.TomographyAngle));
        root.WriteDataset("probe_position_indexes", Integers(product.Positions.Select(p => p.Index)));
        root.WriteDataset("probe_position_x_m", Doubles(product.Positions.Select(p => p.X)));
        root.WriteDataset("probe_position_y_m", Doubles(product.Positions.Select(p => p.Y)));
        var modes = product.ProbeModes;
        var probe = root.WriteDataset(
            "probe",
            ProductArrays.ToArray(modes.SelectMany(mode => mode), modes.Count, modes[0].Count)
        );
        probe.SetAttribute("pixel_width_m", Scalar(product.ProbePixel.Width));
        probe.SetAttribute("pixel_height_m", Scalar(product.ProbePixel.Height));
        if (product.CoherentWeights is { } weights)
            root.WriteDataset("opr_weights", weights);
        var layers = product.ObjectLayers;
        var target = root.WriteDataset("object", ProductArrays.ToArray(layers, layers.Count));
        target.SetAttribute("center_x_m", Scalar(product.ObjectCentre.X));
        target.SetAttribute("center_y_m", Scalar(product.ObjectCentre.Y));
        target.SetAttribute("pixel_width_m", Scalar(product.ObjectPixel.Width));
        target.SetAttribute("pixel_height_m", Scalar(product.ObjectPixel.Height));
        root.WriteDataset("object_layer_spacing_m", Doubles(product.LayerSpacing));
        root.WriteDataset("loss_epochs", Integers(product.Losses.Select(loss => loss.Epoch)));
        root.WriteDataset("loss_values", Doubles(product.Losses.Select(loss => loss.Value)));
    }

    private static double[]? Find(Hdf5File file, string path) =>
        file.IsDataset(path) ? file.Read(path).ToDouble() : null;

    private static double Number(Hdf5File file, string path, string name) =>
        file.ReadAttribute(path, name)?.ToDouble() is { Length: > 0 } values
            ? values[0]
            : throw new InvalidDataException(
                path.Length == 0 ? $"the file has no attribute '{name}'." : $"'{path}' has no attribute '{name}'."
            );

    private static double Optional(Hdf5File file, string name) =>
        file.ReadAttribute("", name)?.ToDouble() is { Length: > 0 } values ? values[0] : 0;

    private static NumericArray Scalar(double value) => NumericArray.Create<double>([value], []);

    private static NumericArray Doubles(IEnumerable<double> values)
    {
        var array = values.ToArray();
        return NumericArray.Create<double>(array, array.Length);
    }

    private static NumericArray Integers(IEnumerable<long> values)
    {
        var array = values.ToArray();
        return NumericArray.Create<long>(array, array.Length);
    }
}
