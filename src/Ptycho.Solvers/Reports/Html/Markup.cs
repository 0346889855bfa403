using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Reports.Html;

/// <summary>Text that is HTML already. Whatever else is put into an interpolated piece of HTML is escaped.</summary>
/// <param name="Text">The HTML.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Markup(string Text)
{
    /// <summary>Nothing.</summary>
    public static Markup None => new("");

    /// <summary>HTML with holes: numbers in the invariant culture, texts escaped, <see cref="Markup"/> as it is.</summary>
    public static Markup Of(MarkupHandler text) => new(text.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    public override string ToString() => Text;
}
