namespace Ptycho.IO.Png.Figures;

/// <summary>How text is drawn.</summary>
/// <param name="Color">The colour of the ink.</param>
/// <param name="Scale">Pixels of the image for one of the 5×7 font, at least 1.</param>
/// <param name="Bold">Every stroke one font pixel wider.</param>
public readonly record struct TextStyle(Rgb Color, int Scale = 1, bool Bold = false)
{
    /// <summary>Image pixels from one line's top to the next one's.</summary>
    public int LineHeight => (BitmapFont.Height + 2) * Scale;

    /// <summary>Image pixels from a line's top to its baseline, the height of capitals.</summary>
    public int CapHeight => BitmapFont.Ascent * Scale;
}
