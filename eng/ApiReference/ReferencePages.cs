using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Ptycho.ApiReference;

/// <summary>Pages of Markdown, one a namespace, with every public type, its members and their comments.</summary>
internal static class ReferencePages
{
    /// <summary>Writes the pages and an index.</summary>
    /// <returns>The number of types written.</returns>
    internal static int Write(IEnumerable<Assembly> libraries, string folder)
    {
        Directory.CreateDirectory(folder);
        var index = new StringBuilder(
            "# API reference\n\nMade from the documentation comments by `./build.sh docs`.\n"
        );
        var types = 0;
        foreach (var library in libraries)
        {
            var comments = new DocComments(library);
            index.Append($"\n## {library.GetName().Name}\n\n");
            foreach (var space in PublicApi.Types(library).GroupBy(type => type.Namespace!))
            {
                File.WriteAllText(Path.Combine(folder, space.Key + ".md"), Page(space.Key, space, comments));
                index.Append($"* [{space.Key}]({space.Key}.md): ");
                index.AppendJoin(", ", space.Select(type => $"`{TypeNames.Declared(type)}`")).Append('\n');
                types += space.Count();
            }
        }
        File.WriteAllText(Path.Combine(folder, "README.md"), index.ToString());
        return types;
    }

    private static string Page(string name, IEnumerable<Type> types, DocComments comments)
    {
        var page = new StringBuilder($"# {name}\n\n[All namespaces](README.md)\n");
        foreach (var type in types)
        {
            page.Append($"\n## {TypeNames.Declared(type)}\n\n`{Signatures.OfType(type)}`\n");
            Describe(page, comments.Of(type));
            foreach (var (member, declaration) in PublicApi.Members(type))
            {
                page.Append($"\n### `{declaration}`\n");
                Describe(page, comments.Of(member));
            }
        }
        return page.ToString();
    }

    private static void Describe(StringBuilder page, XElement? comment)
    {
        if (comment is null)
            return;
        Paragraph(page, "", comment.Element("summary"));
        foreach (var parameter in comment.Elements("param"))
            page.Append($"\n* `{parameter.Attribute("name")?.Value}`: {DocComments.Plain(parameter)}");
        if (comment.Elements("param").Any())
            page.Append('\n');
        Paragraph(page, "Returns: ", comment.Element("returns"));
        foreach (var failure in comment.Elements("exception"))
            Paragraph(page, $"Throws `{failure.Attribute("cref")?.Value.Split('.')[^1]}`: ", failure);
        Paragraph(page, "", comment.Element("remarks"));
    }

    private static void Paragraph(StringBuilder page, string lead, XElement? element)
    {
        if (DocComments.Plain(element) is { Length: > 0 } text)
            page.Append($"\n{lead}{text}\n");
    }
}
