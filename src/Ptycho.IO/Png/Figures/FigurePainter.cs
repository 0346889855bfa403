namespace Ptycho.IO.Png.Figures;

/// <summary>Paints a sheet where its layout says.</summary>
internal sealed class FigurePainter(FigureSheet sheet, FigureLayout layout, RgbImage image)
{
    private readonly FigureStyles _styles = new(sheet.TextScale);

    public void Paint()
    {
        image.DrawText(sheet.Title, _styles.Margin, _styles.Margin, _styles.Title);
        for (var column = 0; column < sheet.ColumnTitles.Count; column++)
            PaintHeading(column);
        for (var row = 0; row < sheet.Rows.Count; row++)
            PaintRow(row);
        image.DrawText(sheet.Footnote, _styles.Margin, layout.FootnoteTop, _styles.Footnote);
    }

    private void PaintHeading(int column)
    {
        var title = sheet.ColumnTitles[column];
        var top = layout.HeadingBottom - TextDrawing.Measure(title, _styles.Heading).Height;
        image.DrawTextCentered(title, Center(column), top, _styles.Heading);
    }

    private void PaintRow(int index)
    {
        var row = sheet.Rows[index];
        var (top, height) = (layout.RowTops[index], layout.PictureHeights[index]);
        var titleLength = TextDrawing.Measure(row.Title, _styles.Heading).Width;
        image.DrawTextUpwards(row.Title, _styles.Margin, top + (height + titleLength) / 2, _styles.Heading);
        for (var column = 0; column < row.Panels.Count; column++)
            if (row.Panels[column] is { } panel)
                PaintPanel(panel, Center(column), top, height);
        row.Bar?.Draw(image, layout.BarLeft, top, height, _styles.Bar);
    }

    private void PaintPanel(FigurePanel panel, int center, int top, int height)
    {
        var picture = panel.Image.Enlarge(sheet.Enlargement);
        panel.ScaleBar?.Draw(picture, sheet.Enlargement, sheet.TextScale);
        var (left, pictureTop) = (center - picture.Width / 2, top + (height - picture.Height) / 2);
        image.DrawRectangle(left - 1, pictureTop - 1, picture.Width + 2, picture.Height + 2, _styles.Frame);
        image.DrawImage(picture, left, pictureTop);
        var style = _styles.CaptionOf(panel);
        image.DrawTextCentered(panel.Caption, center, top + height + _styles.TextGap, style);
    }

    private int Center(int column) => layout.ColumnLefts[column] + layout.ColumnWidths[column] / 2;
}
