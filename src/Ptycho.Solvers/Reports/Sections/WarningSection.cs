using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>What speaks against the result; that nothing does is said, too.</summary>
internal static class WarningSection
{
    public static Markup Of(ReconstructionReport report)
    {
        string[] warnings =
        [
            .. report.Result.Warnings.Select(warning => Sentence(warning.Message)),
            .. report.Warnings,
        ];
        return warnings.Length == 0
            ? Markup.Of($"""<p class="quiet">No warnings.</p>""")
            : Markup.Of(
                $"""<section class="warnings" aria-labelledby="warnings"><h2 id="warnings">Warnings</h2>{Pieces.List(warnings)}</section>"""
            );
    }

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
