using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>What must be the same for a run to be gone on with: solver, options, prior or start, and measurement.</summary>
internal sealed class RunIdentity
{
    private const string OptionsKey = "options";
    private const string SamplerKey = "sampler";

    /// <param name="sampler">The solver's name.</param>
    /// <param name="options">Its options.</param>
    /// <param name="measurement">Fingerprint of the data.</param>
    /// <param name="others">What else decides the numbers, with its fingerprint.</param>
    internal RunIdentity(
        string sampler,
        object options,
        string measurement,
        params ReadOnlySpan<(string Name, string Value)> others
    )
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SamplerKey] = sampler,
            [OptionsKey] = JsonSerializer.Serialize(options, options.GetType()),
        };
        foreach (var (name, value) in others)
            parts[name] = value;
        parts["measurement"] = measurement;
        Parts = parts;
    }

    internal IReadOnlyDictionary<string, string> Parts { get; }

    /// <exception cref="InvalidDataException">A part differs; it is named, and of the options each that differs.</exception>
    internal void Require(string path, IReadOnlyDictionary<string, string> found)
    {
        foreach (var (key, value) in Parts)
        {
            var other = found.GetValueOrDefault(key);
            if (string.Equals(other, value, StringComparison.Ordinal))
                continue;
            var what = key switch
            {
                OptionsKey => $"other options ({Differences(other, value)})",
                SamplerKey => $"another {key} ({other ?? "none"}, not {value})",
                _ => $"another {key}",
            };
            throw new InvalidDataException(
                $"{path} was written with {what}. Go on with the same, or delete the file to start anew."
            );
        }
    }

    private static string Differences(string? found, string wanted)
    {
        var (a, b) = (Parse(found), Parse(wanted));
        var names = b.Where(pair => !JsonNode.DeepEquals(a[pair.Key], pair.Value))
            .Select(pair =>
                $"{pair.Key}: {a[pair.Key]?.ToJsonString() ?? "none"}, now {pair.Value?.ToJsonString() ?? "null"}"
            );
        return string.Join("; ", names);
    }

    private static JsonObject Parse(string? json)
    {
        try
        {
            return json is null ? [] : JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
