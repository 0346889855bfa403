using System.IO.Enumeration;
using System.Text.Json;

namespace Ptycho.Mutation;

/// <summary>The mutants that stand in Stryker's report (mutation-report.json) and compiled.</summary>
internal static class MutantReport
{
    /// <param name="files">Files relative to the library's folder, with * and ?; several with commas between.</param>
    public static List<Mutant> Read(string path, string library, string files)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(path));
        var found = new List<Mutant>();
        var patterns = files.Split(',');
        foreach (var file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            var start = file.Name.LastIndexOf($"/{library}/", StringComparison.Ordinal);
            var name = file.Name[(start + library.Length + 2)..];
            if (start < 0 || !patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: false)))
                continue;
            var source = file.Value.GetProperty("source").GetString()!.Split('\n');
            var all = file.Value.GetProperty("mutants").EnumerateArray().ToList();
            foreach (var mutant in all)
            {
                // As Stryker counts: without what did not compile and without blocks that hold other mutants.
                if (mutant.GetProperty("status").GetString() == "CompileError" || IsBlockAround(mutant, all))
                    continue;
                var (from, to) = Span(mutant);
                found.Add(
                    new(
                        int.Parse(mutant.GetProperty("id").GetString()!),
                        name,
                        from.Line,
                        mutant.GetProperty("mutatorName").GetString()!,
                        Piece(source, from, to),
                        OneLine(mutant.GetProperty("replacement").GetString()!)
                    )
                );
            }
        }
        return found.Count > 0
            ? found
            : throw new InvalidDataException($"{path} has no mutant of {files} in {library}");
    }

    private static bool IsBlockAround(JsonElement mutant, List<JsonElement> others)
    {
        if (!mutant.GetProperty("mutatorName").GetString()!.StartsWith("Block", StringComparison.Ordinal))
            return false;
        var (start, end) = Span(mutant);
        return others.Any(other =>
            Span(other) is var (first, last)
            && (first, last) != (start, end)
            && first.CompareTo(start) >= 0
            && last.CompareTo(end) <= 0
        );
    }

    private static ((int Line, int Column) Start, (int Line, int Column) End) Span(JsonElement mutant)
    {
        var location = mutant.GetProperty("location");
        return (Place(location.GetProperty("start")), Place(location.GetProperty("end")));
    }

    private static (int Line, int Column) Place(JsonElement place) =>
        (place.GetProperty("line").GetInt32(), place.GetProperty("column").GetInt32());

    private static string Piece(string[] source, (int Line, int Column) from, (int Line, int Column) to)
    {
        var first = source[from.Line - 1];
        return OneLine(
            from.Line == to.Line
                ? first[(from.Column - 1)..(to.Column - 1)]
                : $"{first[(from.Column - 1)..]} {source[from.Line].Trim()} …"
        );
    }

    private static string OneLine(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 90 ? words[..89] + "…" : words;
    }
}
