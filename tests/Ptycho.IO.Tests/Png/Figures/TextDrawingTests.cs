using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;

namespace Ptycho.IO.Tests.Png.Figures;

public class TextDrawingTests
{
    private static readonly TextStyle Style = new(Rgb.Black, 2);

    [Test]
    public void EveryPromisedCharacterHasItsOwnPicture()
    {
        var promised = Enumerable.Range(32, 95).Select(i => (char)i).Concat("π×±−°µσαφψ·–…≤≥≈⁰¹²³⁴⁵⁶⁷⁸⁹⁻").ToArray();
        Assert.That(promised, Is.SubsetOf(BitmapFont.Default.Characters));
        // The letter O and zero, and the dashes, are the same strokes; nothing else may look like another character.
        var pictures = promised
            .Where(c => c is not ('–' or 'O'))
            .Select(c => string.Join('\n', BitmapFont.Default.Glyph(c)))
            .ToArray();
        Assert.That(pictures, Is.Unique);
    }

    [Test]
    public void GlyphsAreWellFormed()
    {
        foreach (var character in BitmapFont.Default.Characters)
        {
            var glyph = BitmapFont.Default.Glyph(character);
            Assert.That(glyph, Has.Count.EqualTo(BitmapFont.Height));
            var width = glyph[0].Length;
            Assert.That(width, Is.InRange(1, 5));
            Assert.That(glyph.Select(row => row.Length), Is.All.EqualTo(width));
            Assert.That(string.Concat(glyph), Does.Match("^[#.]+$"));
        }
        // Digits of equal width keep numbers aligned.
        Assert.That("0123456789".Select(c => BitmapFont.Default.Glyph(c)[0].Length), Is.All.EqualTo(5));
    }

    [Test]
    public void InkStaysInTheMeasuredSpace(
        [Values] bool bold,
        [Values("Ij|y", "two\nlines gq", "π/2 ± 5 %", "日")] string text
    )
    {
        var style = Style with { Bold = bold };
        var (width, height) = TextDrawing.Measure(text, style);
        var image = new RgbImage(width + 20, height + 20, Rgb.White);
        image.DrawText(text, 10, 10, style);
        var ink = RgbImageTests.Count(image, Rgb.Black);
        Assert.That(ink, Is.GreaterThan(0));
        image.FillRectangle(10, 10, width, height, Rgb.White);
        Assert.That(RgbImageTests.Count(image, Rgb.Black), Is.Zero);

        var upwards = new RgbImage(height + 20, width + 20, Rgb.White);
        upwards.DrawTextUpwards(text, 10, width + 10, style);
        Assert.That(RgbImageTests.Count(upwards, Rgb.Black), Is.EqualTo(ink));
        upwards.FillRectangle(10, 10, height, width, Rgb.White);
        Assert.That(RgbImageTests.Count(upwards, Rgb.Black), Is.Zero);
    }

    [Test]
    public void AnEmptyTextTakesNoSpace() => Assert.That(TextDrawing.Measure("", Style), Is.EqualTo((0, 0)));

    [Test]
    public void CenteredTextIsCentered()
    {
        var image = new RgbImage(41, 20, Rgb.White);
        image.DrawTextCentered("H", 20, 2, Style with { Scale = 1 });
        var columns = Enumerable.Range(0, 41).Where(x => image[3, x] == Rgb.Black).ToArray();
        Assert.That(columns, Is.EqualTo(new[] { 18, 22 }));
    }

    [Test]
    public void AScaleOfZeroIsRefused() =>
        Assert.That(
            () => TextDrawing.Measure("a", new TextStyle(Rgb.Black, 0)),
            Throws.TypeOf<ArgumentOutOfRangeException>()
        );
}
