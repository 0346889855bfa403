using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;

namespace Ptycho.IO.Tests.Png.Figures;

public class FigureSheetTests
{
    private static readonly Rgb Red = new(255, 0, 0);

    [Test]
    public void ARealSheetIsWritten()
    {
        var arrays = NpzFile.Read(TestData.File("ptycho_small.npz"), ["object", "clamp_awf20", "clamp_rpie5"]);
        var fields = arrays.Values.Select(array => array.ToComplexField()).ToArray();
        var range = new ValueRange(0, 1.5);
        string[] captions = ["", "NRMSE .182  SSIM .64", "NRMSE .206  SSIM .54"];
        var magnitudes = fields.Select(
            (field, i) =>
                new FigurePanel(FieldImage.Magnitude(field, range))
                {
                    Caption = captions[i],
                    Emphasized = i == 1,
                    ScaleBar = i == 0 ? new ScaleBar(32, "32 px") : null,
                }
        );
        var phases = fields.Select(field => new FigurePanel(FieldImage.Phase(field)));
        var sheet = new FigureSheet(
            ["Truth", "AWF, 20 iterations", "rPIE, 5 iterations"],
            [
                new FigureRow("Magnitude", [.. magnitudes], ColorBar.Linear(ColorMap.Gray, range)),
                new FigureRow("Phase (rad)", [.. phases], ColorBar.Phase()),
            ]
        )
        {
            Title = "50 % overlap, 10⁵ counts",
            Footnote = "A simulated measurement.",
        };
        using var folder = new TemporaryFolder();
        PngFile.Write(folder.File("sheet.png"), sheet.Render());
        var image = PngFile.Read(folder.File("sheet.png"));
        Assert.That(image.Width, Is.GreaterThan(3 * 256));
        Assert.That(image.Height, Is.GreaterThan(2 * 256));
        Assert.That(image[0, 0], Is.EqualTo(Rgb.White));
    }

    [Test]
    public void EveryPictureIsWholeAndTheMarginIsWhite()
    {
        // Captions, headings and row titles wider than the pictures must not cover them or be cut off.
        var panel = new FigurePanel(new RgbImage(10, 8, Red))
        {
            Caption = "a caption wider than the picture\nof two lines",
        };
        var sheet = new FigureSheet(
            ["a heading of\ntwo lines", "b", "", "a very wide heading over an empty column"],
            [
                new FigureRow("a row title longer than the picture", [panel, null, panel], ColorBar.Phase("phase")),
                new FigureRow("", [panel, panel with { Emphasized = true }]),
            ]
        )
        {
            Title = new string('W', 60),
            Footnote = new string('g', 150),
            Enlargement = 3,
            TextScale = 1,
        };
        var image = sheet.Render();
        Assert.That(RgbImageTests.Count(image, Red), Is.EqualTo(4 * 30 * 24));
        for (var x = 0; x < image.Width; x++)
            Assert.That((image[2, x], image[image.Height - 3, x]), Is.EqualTo((Rgb.White, Rgb.White)));
        for (var y = 0; y < image.Height; y++)
            Assert.That((image[y, 2], image[y, image.Width - 3]), Is.EqualTo((Rgb.White, Rgb.White)));
    }

    [Test]
    public void TheScaleBarHasItsLength()
    {
        var panel = new FigurePanel(new RgbImage(64, 64, Red)) { ScaleBar = new ScaleBar(20, "") };
        var image = new FigureSheet([""], [new FigureRow("", [panel])]) { Enlargement = 3, TextScale = 1 }.Render();
        // The plate under the bar is a dark red; the bar is the longest white run inside it.
        var plate = new Rgb(102, 0, 0);
        var runs = Enumerable
            .Range(0, image.Height)
            .Select(y => Enumerable.Range(0, image.Width).Where(x => image[y, x] == plate).ToArray())
            .Where(columns => columns.Length > 0)
            .Select(columns => columns[^1] - columns[0] + 1 - columns.Length);
        Assert.That(runs.Max(), Is.EqualTo(60));
    }

    [Test]
    public void ImpossibleSheetsAreRefused()
    {
        var panel = new FigurePanel(new RgbImage(1, 1));
        Assert.That(() => new FigureSheet([], []).Render(), Throws.ArgumentException);
        Assert.That(() => new FigureSheet(["a"], []).Render(), Throws.ArgumentException);
        Assert.That(
            () => new FigureSheet(["a"], [new FigureRow("", [panel, panel])]).Render(),
            Throws.ArgumentException.With.Message.Contains("2 panels")
        );
        Assert.That(
            () => new FigureSheet(["a"], []) { Enlargement = 0 },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Enlargement")
        );
        Assert.That(
            () => new FigureSheet(["a"], []) { TextScale = 0 },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("TextScale")
        );
        Assert.That(() => new ScaleBar(0, ""), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
