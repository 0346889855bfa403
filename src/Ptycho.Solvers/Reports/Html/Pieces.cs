namespace Ptycho.Solvers.Reports.Html;

/// <summary>Pieces that several sections have.</summary>
internal static class Pieces
{
    /// <summary>A table of names and values; nothing without rows.</summary>
    public static Markup Table(string caption, IEnumerable<(string Name, string Value)> rows)
    {
        Markup[] lines =
        [
            .. rows.Select(row => Markup.Of($"""<tr><th scope="row">{row.Name}</th><td>{row.Value}</td></tr>""")),
        ];
        return lines.Length == 0
            ? Markup.None
            : Markup.Of(
                $"""<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption><tbody>{lines}</tbody></table></div>"""
            );
    }

    /// <summary>A list; nothing without items.</summary>
    public static Markup List(IReadOnlyList<string> items) =>
        items.Count == 0 ? Markup.None : Markup.Of($"<ul>{items.Select(item => Markup.Of($"<li>{item}</li>"))}</ul>");

    /// <summary>A section with a heading; nothing without a body.</summary>
    public static Markup Section(string id, string heading, Markup body) =>
        body.Text.Length == 0
            ? Markup.None
            : Markup.Of($"""<section aria-labelledby="{id}"><h2 id="{id}">{heading}</h2>{body}</section>""");
}
