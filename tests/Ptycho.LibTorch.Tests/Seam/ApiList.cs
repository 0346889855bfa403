using System.Text.RegularExpressions;

namespace Ptycho.LibTorch.Tests.Seam;

/// <summary>The listed types of TorchSharp 0.105.1: for each, its kind and base, and one line a member.</summary>
internal sealed partial class ApiList
{
    private readonly Dictionary<string, ListedType> _types = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, ListedType> Types => _types;

    internal static ApiList Parse(IEnumerable<string> lines)
    {
        var list = new ApiList();
        ListedType? current = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                var match = Heading().Match(line);
                if (!match.Success)
                    throw new InvalidDataException($"Not a type's heading: {line}");
                current = new ListedType(match.Groups["kind"].Value, Normalize(match.Groups["bases"].Value), []);
                list._types.Add(Normalize(match.Groups["name"].Value), current);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                (current ?? throw new InvalidDataException($"A member before any type: {line}")).Members.Add(
                    Normalize(line.Trim())
                );
            }
        }
        return list;
    }

    /// <summary>Drops what is not compared: the nullability of references, and the two ways to write a tuple.</summary>
    internal static string Normalize(string text)
    {
        for (
            var at = text.IndexOf(Tuple, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(Tuple, StringComparison.Ordinal)
        )
        {
            var close = ClosingBracket(text, at + Tuple.Length);
            text = $"{text[..at]}({text[(at + Tuple.Length)..close]}){text[(close + 1)..]}";
        }
        return NullableMark()
            .Replace(text, m => IsValueType(m.Groups["type"].Value) ? m.Value : m.Groups["type"].Value);
    }

    private const string Tuple = "ValueTuple<";

    private static bool IsValueType(string token) =>
        token.EndsWith(')')
        || token
            is "bool"
                or "byte"
                or "short"
                or "int"
                or "long"
                or "float"
                or "double"
                or "torch.ScalarType"
                or "DeviceType"
                or "Padding";

    private static int ClosingBracket(string text, int from)
    {
        for (var depth = 1; ; from++)
        {
            depth += text[from] switch
            {
                '<' => 1,
                '>' => -1,
                _ => 0,
            };
            if (depth == 0)
                return from;
        }
    }

    [GeneratedRegex(
        @"^## (?<kind>(static |abstract )?(class|struct|enum|interface)) TorchSharp\.(Modules\.|Utils\.)?(?<name>[^:]+?)( : (?<bases>.*))?$"
    )]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<type>[\w.]*[\w\])>])\?")]
    private static partial Regex NullableMark();
}

/// <summary>A listed type: "static class", "struct", …, what stands after its colon, and its members.</summary>
internal sealed record ListedType(string Kind, string Bases, HashSet<string> Members);
