namespace Ptycho.IO.Png.Figures;

/// <summary>
/// Draws text with the built-in 5×7 font: printable ASCII and π × ± − ° µ σ α φ ψ · – … ≤ ≥ ≈, and superscript digits
/// with ⁻. Other characters become a box. A line feed starts a new line.
/// </summary>
public static class TextDrawing
{
    /// <summary>The space that a text takes: the widest line, and the lines' heights with descenders.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is less than 1.</exception>
    public static (int Width, int Height) Measure(string text, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(style.Scale, 1, nameof(style));
        var lines = text.Split('\n');
        var height = text.Length == 0 ? 0 : (lines.Length - 1) * style.LineHeight + BitmapFont.Height * style.Scale;
        return (lines.Max(line => LineWidth(line, style)), height);
    }

    /// <summary>Draws text to the right of and below a point.</summary>
    /// <param name="image">Where to draw.</param>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="left">Column of the first stroke.</param>
    /// <param name="top">Row of the top of capitals.</param>
    /// <param name="style">Colour and size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is less than 1.</exception>
    public static void DrawText(this RgbImage image, string text, int left, int top, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(image);
        Draw(text, style, (x, y, size) => image.FillRectangle(left + x, top + y, size, size, style.Color));
    }

    /// <summary>Draws text with each line's middle at a column.</summary>
    /// <inheritdoc cref="DrawText"/>
    public static void DrawTextCentered(this RgbImage image, string text, int center, int top, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(text);
        var line = 0;
        foreach (var part in text.Split('\n'))
            image.DrawText(part, center - Measure(part, style).Width / 2, top + line++ * style.LineHeight, style);
    }

    /// <summary>Draws text that runs upwards, turned by a quarter to the left.</summary>
    /// <param name="image">Where to draw.</param>
    /// <param name="text">The text.</param>
    /// <param name="left">Column of the top of capitals.</param>
    /// <param name="bottom">The row just below the first stroke.</param>
    /// <param name="style">Colour and size.</param>
    public static void DrawTextUpwards(this RgbImage image, string text, int left, int bottom, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(image);
        Draw(text, style, (x, y, size) => image.FillRectangle(left + y, bottom - x - size, size, size, style.Color));
    }

    private static void Draw(string text, TextStyle style, Action<int, int, int> dot)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(style.Scale, 1, nameof(style));
        var y = 0;
        foreach (var line in text.Split('\n'))
        {
            var x = 0;
            foreach (var character in line)
            {
                var glyph = BitmapFont.Default.Glyph(character);
                DrawGlyph(glyph, x, y, style, dot);
                x += Advance(glyph, style);
            }
            y += style.LineHeight;
        }
    }

    private static void DrawGlyph(IReadOnlyList<string> glyph, int x, int y, TextStyle style, Action<int, int, int> dot)
    {
        for (var row = 0; row < glyph.Count; row++)
        for (var column = 0; column < glyph[row].Length; column++)
        {
            if (glyph[row][column] != '#')
                continue;
            dot(x + column * style.Scale, y + row * style.Scale, style.Scale);
            if (style.Bold)
                dot(x + column * style.Scale + BoldOffset(style), y + row * style.Scale, style.Scale);
        }
    }

    // Half a font pixel is enough to look bold and keeps the holes of the letters open.
    private static int BoldOffset(TextStyle style) => Math.Max(1, style.Scale / 2);

    private static int Advance(IReadOnlyList<string> glyph, TextStyle style) =>
        (glyph[0].Length + 1) * style.Scale + (style.Bold ? BoldOffset(style) : 0);

    private static int LineWidth(string line, TextStyle style) =>
        line.Length == 0 ? 0 : line.Sum(character => Advance(BitmapFont.Default.Glyph(character), style)) - style.Scale;
}
