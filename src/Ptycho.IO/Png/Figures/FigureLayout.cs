namespace Ptycho.IO.Png.Figures;

/// <summary>Where everything of a sheet goes, in pixels.</summary>
internal sealed class FigureLayout
{
    private readonly FigureSheet _sheet;
    private readonly FigureStyles _styles;

    public FigureLayout(FigureSheet sheet)
    {
        Check(sheet);
        _sheet = sheet;
        _styles = new FigureStyles(sheet.TextScale);
        ColumnWidths = [.. Enumerable.Range(0, sheet.ColumnTitles.Count).Select(ColumnWidth)];
        ColumnLefts = new int[ColumnWidths.Length];
        var left = _styles.Margin + RowTitleWidth();
        for (var column = 0; column < ColumnWidths.Length; column++)
        {
            ColumnLefts[column] = left;
            left += ColumnWidths[column] + _styles.ColumnGap;
        }
        BarLeft = left - _styles.ColumnGap + _styles.BarGap;
        var bars = sheet.Rows.Max(row => row.Bar is null ? 0 : row.Bar.Width(_styles.Bar) + _styles.BarGap);
        var right = left - _styles.ColumnGap + bars;
        var widestLine = Math.Max(
            Measure(sheet.Title, _styles.Title).Width,
            Measure(sheet.Footnote, _styles.Footnote).Width
        );
        Width = Math.Max(right, _styles.Margin + widestLine) + _styles.Margin;

        var top = _styles.Margin;
        if (sheet.Title.Length > 0)
            top += Measure(sheet.Title, _styles.Title).Height + 2 * _styles.TextGap;
        HeadingTop = top;
        var headings = sheet.ColumnTitles.Max(title => Measure(title, _styles.Heading).Height);
        HeadingBottom = top + headings;
        top = HeadingBottom + (headings > 0 ? _styles.TextGap : 0);
        RowTops = new int[sheet.Rows.Count];
        PictureHeights = new int[sheet.Rows.Count];
        for (var row = 0; row < RowTops.Length; row++)
        {
            RowTops[row] = top;
            PictureHeights[row] = PictureHeight(sheet.Rows[row]);
            var captions = CaptionHeight(sheet.Rows[row]);
            top += PictureHeights[row] + (captions > 0 ? captions + _styles.TextGap : 0) + _styles.RowGap;
        }
        FootnoteTop = top;
        var footnote = Measure(sheet.Footnote, _styles.Footnote).Height;
        Height = (footnote > 0 ? top + footnote : top - _styles.RowGap) + _styles.Margin;
    }

    public int Width { get; }

    public int Height { get; }

    public int[] ColumnWidths { get; }

    public int[] ColumnLefts { get; }

    public int[] RowTops { get; }

    public int[] PictureHeights { get; }

    public int HeadingTop { get; }

    /// <summary>Headings of fewer lines stand on this row, close to their pictures.</summary>
    public int HeadingBottom { get; }

    public int BarLeft { get; }

    public int FootnoteTop { get; }

    private static (int Width, int Height) Measure(string text, TextStyle style) => TextDrawing.Measure(text, style);

    private static void Check(FigureSheet sheet)
    {
        if (sheet.ColumnTitles.Count == 0 || sheet.Rows.Count == 0)
            throw new ArgumentException("A sheet needs at least one column and one row.", nameof(sheet));
        for (var row = 0; row < sheet.Rows.Count; row++)
            if (sheet.Rows[row].Panels.Count > sheet.ColumnTitles.Count)
                throw new ArgumentException(
                    $"Row {row} has {sheet.Rows[row].Panels.Count} panels, but there are "
                        + $"{sheet.ColumnTitles.Count} column titles.",
                    nameof(sheet)
                );
    }

    private int RowTitleWidth()
    {
        var widest = _sheet.Rows.Max(row => Measure(row.Title, _styles.Heading).Height);
        return widest > 0 ? widest + _styles.TextGap : 0;
    }

    private int ColumnWidth(int column)
    {
        var width = Measure(_sheet.ColumnTitles[column], _styles.Heading).Width;
        foreach (var row in _sheet.Rows)
            if (column < row.Panels.Count && row.Panels[column] is { } panel)
            {
                width = Math.Max(width, panel.Image.Width * _sheet.Enlargement);
                width = Math.Max(width, Measure(panel.Caption, _styles.CaptionOf(panel)).Width);
            }
        return width;
    }

    // A row title runs along the pictures and must not reach into the next row.
    private int PictureHeight(FigureRow row)
    {
        var pictures = row.Panels.Max(panel => panel is null ? 0 : panel.Image.Height * _sheet.Enlargement);
        return Math.Max(pictures, Measure(row.Title, _styles.Heading).Width);
    }

    private int CaptionHeight(FigureRow row) =>
        row.Panels.Max(panel => panel is null ? 0 : Measure(panel.Caption, _styles.CaptionOf(panel)).Height);
}
