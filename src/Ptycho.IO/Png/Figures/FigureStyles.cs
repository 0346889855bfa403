namespace Ptycho.IO.Png.Figures;

/// <summary>The texts' styles and the distances of a sheet, all in proportion to its text scale.</summary>
internal readonly record struct FigureStyles(int Scale)
{
    private static readonly Rgb Ink = Rgb.FromHex(0x1A1A1A);
    private static readonly Rgb Faint = Rgb.FromHex(0x666666);

    public TextStyle Title => new(Ink, Scale + 1, Bold: true);

    public TextStyle Heading => new(Ink, Scale, Bold: true);

    public TextStyle Caption => new(Ink, Scale);

    public TextStyle CaptionOf(FigurePanel panel) => panel.Emphasized ? Heading : Caption;

    public TextStyle Bar => new(Ink, Scale);

    public TextStyle Footnote => new(Faint, Scale);

    public Rgb Frame => Rgb.FromHex(0x404040);

    public int Margin => 8 * Scale;

    public int ColumnGap => 6 * Scale;

    /// <summary>Labels of colour bars reach half a line over their ends; those of two rows must not touch.</summary>
    public int RowGap => 11 * Scale;

    public int TextGap => 3 * Scale;

    public int BarGap => 6 * Scale;
}
