using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>What must be the same for a run to be gone on with: sampler, options, prior and measurement.</summary>
internal sealed class RunIdentity
{
    private const string OptionsKey = "options";

    internal RunIdentity(string sampler, object options, string prior, string measurement) =>
        Parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["sampler"] = sampler,
            [OptionsKey] = JsonSerializer.Serialize(options, options.GetType()),
            ["prior"] = prior,
            ["measurement"] = measurement,
        };

    internal IReadOnlyDictionary<string, string> Parts { get; }

    /// <exception cref="InvalidDataException">A part differs; it is named, and of the options each that differs.</exception>
    internal void Require(string path, IReadOnlyDictionary<string, string> found)
    {
        foreach (var (key, value) in Parts)
        {
            var other = found.GetValueOrDefault(key);
            if (string.Equals(other, value, StringComparison.Ordinal))
                continue;
            var what = string.Equals(key, OptionsKey, StringComparison.Ordinal)
                ? $"other options ({Differences(other, value)})"
                : $"another {key}";
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
