namespace Ptycho.IO.Png.Figures;

/// <summary>
/// A figure on white ground: a grid of pictures with column titles, row titles, captions and a colour bar for each row.
/// Columns are as wide as their widest picture or text, so that nothing overlaps.
/// </summary>
/// <param name="ColumnTitles">A title for each column, may be empty texts; at least one.</param>
/// <param name="Rows">The rows from the top; at least one.</param>
public sealed record FigureSheet(IReadOnlyList<string> ColumnTitles, IReadOnlyList<FigureRow> Rows)
{
    /// <summary>A line above all; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>A line below all, in grey; may be empty or have several lines.</summary>
    public string Footnote { get; init; } = "";

    /// <summary>How many pixels of the sheet a picture's pixel gets on each side; 1 or more.</summary>
    public int Enlargement
    {
        get;
        init =>
            field =
                value >= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "Enlargement must be at least 1.");
    } = 2;

    /// <summary>Pixels of the sheet for a pixel of the 5×7 font; 1 or more. All distances grow with it.</summary>
    public int TextScale
    {
        get;
        init =>
            field =
                value >= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "TextScale must be at least 1.");
    } = 2;

    /// <summary>Draws the sheet.</summary>
    /// <exception cref="ArgumentException">There is no column or no row, or a row has more panels than there are
    /// columns.</exception>
    public RgbImage Render()
    {
        var layout = new FigureLayout(this);
        var image = new RgbImage(layout.Width, layout.Height, Rgb.White);
        new FigurePainter(this, layout, image).Paint();
        return image;
    }
}
