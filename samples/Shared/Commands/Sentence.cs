using System.Text.RegularExpressions;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>Messages that are meant for programmers, as one line for people.</summary>
internal static partial class Sentence
{
    /// <summary>An exception's message on one line, without the name of the parameter in somebody's code.</summary>
    public static string Of(Exception error)
    {
        var text = error.Message;
        if (error is ArgumentException)
            text = ParameterNote().Replace(text, "");
        return string.Join(
            ' ',
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }

    /// <summary>A parser's message on one line, with "a number" for .NET's names of types.</summary>
    public static string OfParser(string message)
    {
        var lines = WithoutTypes(message)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 1
            ? lines[0]
            : $"{Question().Replace(lines[0], "")}; expected is {string.Join(" or ", lines[1..].Select(word => word.Trim('\'')))}.";
    }

    private static string WithoutTypes(string message) =>
        ExpectedType()
            .Replace(
                message,
                match =>
                    match.Groups[1].Value switch
                    {
                        "Int32" or "Int64" => "; a whole number is expected",
                        "UInt64" => "; a whole number of at least 0 is expected",
                        "Double" => "; a number is expected",
                        "Boolean" => "; true or false is expected",
                        _ => "",
                    }
            );

    // How the parser introduces the words that it would take, a line each.
    [GeneratedRegex(@"\.? (?:Did you mean one of the following\?|Must be one of:)$")]
    private static partial Regex Question();

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)")]
    private static partial Regex ParameterNote();

    [GeneratedRegex(@"(?: as expected type '(?:System\.)?(?:Nullable`1\[\[?System\.)?([A-Za-z0-9]+)[^']*')")]
    private static partial Regex ExpectedType();
}
