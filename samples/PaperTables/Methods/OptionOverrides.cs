using System.Text.Json;
using System.Text.Json.Nodes;
using Ptycho.Samples.PaperTables.Commands;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>Options given as Name=Value, put over those of a preset.</summary>
internal static class OptionOverrides
{
    /// <summary>The preset with some values replaced, each checked as the record checks it.</summary>
    /// <param name="preset">An options record.</param>
    /// <param name="assignments">Such as "DataIterations=300"; names are those of the record, in any case.</param>
    /// <exception cref="ArgumentException">An assignment names no option, or a value is not of its type or range.</exception>
    public static T Apply<T>(T preset, IEnumerable<string> assignments)
    {
        var options = JsonSerializer.SerializeToNode(preset, JsonOutput.Options)!.AsObject();
        foreach (var assignment in assignments)
        {
            var at = assignment.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new ArgumentException($"'{assignment}' is not of the form Name=Value.", nameof(assignments));
            var name = assignment[..at];
            var key = options.FirstOrDefault(o => o.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;
            if (key is null)
                throw new ArgumentException(
                    $"There is no option '{name}', only {string.Join(", ", options.Select(o => o.Key))}.",
                    nameof(assignments)
                );
            options[key] = Value(assignment[(at + 1)..]);
        }
        try
        {
            return options.Deserialize<T>(JsonOutput.Options)!;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"An option has a value of another type: {e.Message}", nameof(assignments), e);
        }
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
