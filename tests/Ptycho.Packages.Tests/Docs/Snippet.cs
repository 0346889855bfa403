using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ptycho.Packages.Tests.Docs;

/// <summary>A block of C# on a page.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">Line of the block's first line of code, from 1.</param>
/// <param name="Code">The code, a program or declarations of its own.</param>
internal sealed record Snippet(string Page, int Line, string Code)
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    internal static IEnumerable<Snippet> Of(string page, string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not ("```csharp" or "```cs" or "```c#"))
                continue;
            var end = Array.FindIndex(lines, i + 1, line => line.Trim() == "```");
            if (end < 0)
                throw new InvalidDataException($"{page}: the block in line {i + 1} has no end.");
            yield return new Snippet(page, i + 2, string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }

    /// <summary>What the compiler has against it, with the page's own lines.</summary>
    internal IReadOnlyList<string> Errors()
    {
        var tree = CSharpSyntaxTree.ParseText(Code, Language);
        var program = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, Language)],
            References,
            new CSharpCompilationOptions(
                program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        return
        [
            .. compilation
                .GetDiagnostics()
                .Where(found =>
                    found.Severity == DiagnosticSeverity.Error || found.Id.StartsWith("CS86", StringComparison.Ordinal)
                )
                .Select(found =>
                    $"{Page}:{Line + found.Location.GetLineSpan().StartLinePosition.Line}: {found.Id} {found.GetMessage()}"
                ),
        ];
    }

    public override string ToString() => $"{Page}, line {Line}";
}
