using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Weights;
using Ptycho.IO.Files;
using Ptycho.IO.Safetensors;
using Ptycho.Solvers.Classical;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// Post-processing networks as safetensors: the network's state under its own keys, and in the metadata the format's
/// version, architecture, network, channels, AWF's options and the description (JSON each).
/// </summary>
internal static class UNetPostFile
{
    private const string Version = "ptychodiffusion-unet-post-1";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static void Write(
        string path,
        ScoreNetwork network,
        ChannelNumbers channels,
        AwfOptions awf,
        UNetPostDescription description
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Version,
            ["architecture"] = network.Architecture,
            ["network"] = network.Describe(),
            ["transform"] = Json(new Numbers(channels.Mean.Real, channels.Mean.Imaginary, channels.Scale)),
            ["awf"] = StoredAwf.Write(awf),
            ["overlap"] = Json(description.Overlap),
            ["probe"] = description.Probe,
            ["validationLoss"] = Json(description.ValidationLoss),
            ["step"] = Json(description.Step),
            ["notes"] = Json(description.Notes),
        };
        SafetensorsFile.Write(path, new SafetensorsContent(NetworkWeights.Collect(network), metadata));
    }

    public static UNetPostProcessor Read(string path, Device? device)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ListedHash.Verify(path);
        var content = SafetensorsFile.Read(path);
        var version = Text(path, content, "format");
        if (!string.Equals(version, Version, StringComparison.Ordinal))
            throw new InvalidDataException($"{path}: the format is '{version}'; only '{Version}' can be read.");
        var numbers = Parse(path, content, "transform", Value<Numbers>);
        var channels = Parse(path, content, "transform", _ => numbers.ToChannels());
        var awf = Parse(path, content, "awf", StoredAwf.Read);
        var description = new UNetPostDescription
        {
            Overlap = Parse(path, content, "overlap", Value<double>),
            Probe = Text(path, content, "probe"),
            ValidationLoss = Parse(path, content, "validationLoss", Value<double>),
            Step = Parse(path, content, "step", Value<long>),
            Notes = Parse(path, content, "notes", Value<ImmutableSortedDictionary<string, string>>),
        };
        var architecture = Text(path, content, "architecture");
        // Only memory is guarded here; which weights are missing or too many is said below, key by key.
        var limit = 2 * content.Tensors.Values.Sum(array => array.Length) + 1_000_000;
        var network = Parse(
            path,
            content,
            "network",
            json => NetworkArchitectures.Standard.Create(architecture, json, limit)
        );
        try
        {
            NetworkWeights.Apply(network, content.Tensors, path);
            if (device is not null)
                network.to(device);
            return new UNetPostProcessor(network, channels, awf, description, device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, s_json);

    private static T Value<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, s_json) ?? throw new JsonException("The text is null.");

    private static string Text(string path, SafetensorsContent content, string key) =>
        content.Metadata.TryGetValue(key, out var text)
            ? text
            : throw new InvalidDataException(
                $"{path}: the metadata key '{key}' is missing; the file is not a post-processing network."
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

    private sealed record Numbers(double MeanReal, double MeanImaginary, double Scale)
    {
        public ChannelNumbers ToChannels() => new() { Mean = new Complex(MeanReal, MeanImaginary), Scale = Scale };
    }
}
