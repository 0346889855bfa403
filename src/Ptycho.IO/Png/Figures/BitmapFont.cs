using System.Collections.Frozen;

namespace Ptycho.IO.Png.Figures;

/// <summary>
/// A small proportional font: 7 rows above the baseline and 2 below, up to 5 columns. Drawn in Font5x7.txt: bands of a
/// line with characters, each at the start of its cell of 7 columns, and 9 lines of pixels.
/// </summary>
internal sealed class BitmapFont
{
    /// <summary>Rows from the top of capitals to the bottom of descenders.</summary>
    public const int Height = 9;

    /// <summary>Rows from the top of capitals to the baseline.</summary>
    public const int Ascent = 7;

    private const int CellWidth = 7;
    private const int MaximumWidth = 5;

    private readonly FrozenDictionary<char, string[]> _glyphs;

    private BitmapFont(Dictionary<char, string[]> glyphs) => _glyphs = glyphs.ToFrozenDictionary();

    public static BitmapFont Default { get; } = Load();

    /// <summary>The characters that have a picture.</summary>
    public IReadOnlyCollection<char> Characters => _glyphs.Keys;

    // What a character without a picture looks like.
    private static string[] Unknown { get; } =
    ["#####", "#...#", "#...#", "#...#", "#...#", "#...#", "#####", ".....", "....."];

    /// <summary>Nine rows of equal length, '#' where there is ink.</summary>
    public IReadOnlyList<string> Glyph(char character) => _glyphs.GetValueOrDefault(character, Unknown);

    private static BitmapFont Load()
    {
        using var stream = typeof(BitmapFont).Assembly.GetManifestResourceStream("Font5x7.txt")!;
        using var reader = new StreamReader(stream);
        var glyphs = new Dictionary<char, string[]>();
        while (reader.ReadLine() is { } characters)
        {
            var rows = new string[Height];
            for (var i = 0; i < Height; i++)
                rows[i] = reader.ReadLine()!;
            for (var column = 0; column < rows[0].Length; column += CellWidth)
                glyphs.Add(
                    column < characters.Length ? characters[column] : ' ',
                    [
                        .. rows.Select(row =>
                            row.Substring(column, Math.Min(MaximumWidth, row.Length - column)).TrimEnd()
                        ),
                    ]
                );
        }
        return new BitmapFont(glyphs);
    }
}
