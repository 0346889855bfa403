using System.Collections.Immutable;
using System.Text.Json;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO.Files;
using Ptycho.IO.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Weights;

/// <summary>
/// Priors as safetensors: the network's state under its own keys, and in the metadata the format's version,
/// architecture, network, prediction, schedule, transform (JSON each), the gauge rule, the symmetry and notes.
/// </summary>
internal static class PriorFile
{
    private const string Version = "ptychodiffusion-prior-1";

    public static void Write(
        string path,
        ScoreNetwork network,
        NoiseSchedule schedule,
        IDataTransform transform,
        Prediction prediction,
        PriorDescription description,
        WeightStorage storage
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Version,
            ["architecture"] = network.Architecture,
            ["network"] = network.Describe(),
            ["prediction"] = NetworkJson.Write(prediction),
            ["schedule"] = NetworkJson.Write(schedule.Definition),
            ["transform"] = NetworkJson.Write(StoredTransform.Of(transform)),
            ["gauge"] = description.GaugeRule,
            ["symmetry"] = description.Symmetry.ToString(),
            ["notes"] = NetworkJson.Write(description.Notes),
        };
        SafetensorsFile.Write(path, new SafetensorsContent(NetworkWeights.Collect(network, storage), metadata));
    }

    public static NetworkPrior Read(
        string path,
        Device? device,
        ComputePrecision precision,
        NetworkArchitectures architectures
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ListedHash.Verify(path);
        var content = SafetensorsFile.Read(path);
        var version = Text(path, content, "format");
        if (!string.Equals(version, Version, StringComparison.Ordinal))
            throw new InvalidDataException($"{path}: the format is '{version}'; only '{Version}' can be read.");
        var architecture = Text(path, content, "architecture");
        var prediction = Parse(path, content, "prediction", NetworkJson.Read<Prediction>);
        var schedule = Parse(
            path,
            content,
            "schedule",
            json => NoiseSchedule.FromDefinition(NetworkJson.Read<ScheduleDefinition>(json))
        );
        var transform = Parse(path, content, "transform", json => NetworkJson.Read<StoredTransform>(json).Create());
        var description = new PriorDescription
        {
            GaugeRule = Text(path, content, "gauge"),
            Symmetry = Symmetry(path, content),
            Notes = Parse(path, content, "notes", NetworkJson.Read<ImmutableSortedDictionary<string, string>>),
        };
        // Only memory is guarded here; which weights are missing or too many is said below, key by key.
        var weights = 2 * content.Tensors.Values.Sum(array => array.Length) + 1_000_000;
        var network = Parse(path, content, "network", json => architectures.Create(architecture, json, weights));
        try
        {
            NetworkWeights.Apply(network, content.Tensors, path);
            if (device is not null)
                network.to(device);
            network.Precision = precision;
            network.Freeze();
            return new NetworkPrior(network, schedule, transform, prediction, description);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static string Text(string path, SafetensorsContent content, string key) =>
        content.Metadata.TryGetValue(key, out var text)
            ? text
            : throw new InvalidDataException(
                $"{path}: the metadata key '{key}' is missing; the file is not a prior of this library."
            );

    // Files of before the key was written say nothing of it.
    private static ObjectSymmetry Symmetry(string path, SafetensorsContent content) =>
        !content.Metadata.ContainsKey("symmetry")
            ? ObjectSymmetry.None
            : Parse(
                path,
                content,
                "symmetry",
                text =>
                    Enum.TryParse(text, out ObjectSymmetry symmetry) && Enum.IsDefined(symmetry)
                        ? symmetry
                        : throw new NotSupportedException(
                            $"'{text}' is not one of {string.Join(", ", Enum.GetNames<ObjectSymmetry>())}."
                        )
            );

    private static T Parse<T>(string path, SafetensorsContent content, string key, Func<string, T> read)
    {
        var text = Text(path, content, key);
        try
        {
            return read(text);
        }
        catch (Exception error)
            when (error is JsonException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"{path}: the metadata key '{key}' is wrong: {error.Message}", error);
        }
    }
}
