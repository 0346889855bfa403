using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;

namespace Ptycho.IO.Tests.Png.Figures;

public class ColorBarTests
{
    [TestCase(0, 1.5, "0.0 0.5 1.0 1.5")]
    [TestCase(0, 1, "0.0 0.5 1.0")]
    [TestCase(-1.2, 1.6, "−1 0 1")]
    [TestCase(0.01, 0.021, "0.010 0.015 0.020")]
    [TestCase(0, 4096, "0 1000 2000 3000 4000")]
    [TestCase(1e-7, 5e-7, "1e−7 2e−7 3e−7 4e−7 5e−7")]
    [TestCase(0, 4e6, "0 1e6 2e6 3e6 4e6")]
    public void TicksAreRound(double low, double high, string labels) =>
        Assert.That(
            AxisTick.Round(new ValueRange(low, high)).Select(tick => tick.Label),
            Is.EqualTo(labels.Split(' '))
        );

    [Test]
    public void TicksLieInTheRangeAndAreFew()
    {
        var random = new Random(16);
        for (var i = 0; i < 500; i++)
        {
            var low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            var range = new ValueRange(low, low + random.NextDouble() * Math.Pow(10, random.Next(-6, 9)) + 1e-7);
            var ticks = AxisTick.Round(range);
            Assert.That(ticks, Has.Count.InRange(1, 5));
            Assert.That(ticks, Has.All.Matches<AxisTick>(t => range.Position(t.Value) is > -1e-6 and < 1 + 1e-6));
        }
    }

    [Test]
    public void HighIsAtTheTopAndNothingLeavesItsSpace()
    {
        var style = new TextStyle(Rgb.Black, 2);
        var bar = ColorBar.Linear(ColorMap.Gray, new ValueRange(0, 1), "label");
        var width = bar.Width(style);
        var image = new RgbImage(width + 40, 160, Rgb.FromHex(0x80FFFF));
        bar.Draw(image, 20, 20, 120, style);
        Assert.That(image[20, 21], Is.EqualTo(Rgb.White));
        Assert.That(image[139, 21], Is.EqualTo(Rgb.Black));
        image.FillRectangle(19, 20 - style.CapHeight, width + 1, 120 + 2 * style.CapHeight, Rgb.FromHex(0x80FFFF));
        Assert.That(RgbImageTests.Count(image, Rgb.FromHex(0x80FFFF)), Is.EqualTo(image.Width * image.Height));
    }
}
