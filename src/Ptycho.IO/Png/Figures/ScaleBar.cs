namespace Ptycho.IO.Png.Figures;

/// <summary>A bar of known length in the lower right corner of a picture.</summary>
/// <param name="LengthPixels">Its length in pixels of the picture (before enlarging), at least 1.</param>
/// <param name="Label">The text above it, such as "5 µm" or "32 px".</param>
public sealed record ScaleBar(int LengthPixels, string Label)
{
    /// <summary>Its length in pixels of the picture (before enlarging), at least 1.</summary>
    public int LengthPixels { get; } =
        LengthPixels >= 1
            ? LengthPixels
            : throw new ArgumentOutOfRangeException(nameof(LengthPixels), LengthPixels, "Must be at least 1 pixel.");

    /// <summary>Draws onto an enlarged picture, on a dark plate so that it reads on any background.</summary>
    internal void Draw(RgbImage image, int enlargement, int textScale)
    {
        var style = new TextStyle(Rgb.White, textScale);
        var (padding, thickness) = (2 * textScale, 2 * textScale);
        var length = LengthPixels * enlargement;
        var text = TextDrawing.Measure(Label, style).Width;
        var plateWidth = Math.Max(length, text) + 2 * padding;
        var textHeight = Label.Length == 0 ? 0 : style.CapHeight + 2 * textScale;
        var plateHeight = textHeight + thickness + 2 * padding;
        var (left, top) = (image.Width - plateWidth - padding, image.Height - plateHeight - padding);
        image.Darken(left, top, plateWidth, plateHeight);
        image.DrawTextCentered(Label, left + plateWidth / 2, top + padding, style);
        image.FillRectangle(left + (plateWidth - length) / 2, top + padding + textHeight, length, thickness, Rgb.White);
    }
}
