using Ptycho.IO.Png;

namespace Ptycho.IO.Tests.Png;

public class RgbImageTests
{
    private static readonly Rgb Red = new(255, 0, 0);

    [Test]
    public void PixelsAreRowsOfRedGreenBlue()
    {
        var image = new RgbImage(3, 2) { [1, 2] = new Rgb(1, 2, 3) };
        Assert.That(image.Pixels[^3..], Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(image[1, 2], Is.EqualTo(new Rgb(1, 2, 3)));
        Assert.That(() => image[2, 0], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => image[0, 3], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RgbImage(0, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RgbImage(100_000, 100_000), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RgbImage(int.MaxValue, int.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void RectanglesAreCutAtTheEdges()
    {
        var image = new RgbImage(4, 3, Rgb.White);
        image.FillRectangle(-5, 1, 7, 100, Red);
        Assert.That(Count(image, Red), Is.EqualTo(4));
        Assert.That(image[1, 1], Is.EqualTo(Red));
        Assert.That(image[0, 0], Is.EqualTo(Rgb.White));
        image.FillRectangle(10, 10, 5, 5, Red);
        image.FillRectangle(0, 0, -5, 5, Red);
        Assert.That(Count(image, Red), Is.EqualTo(4));
    }

    [Test]
    public void AnOutlineIsHollow()
    {
        var image = new RgbImage(5, 5, Rgb.White);
        image.DrawRectangle(0, 0, 5, 5, Red);
        Assert.That(Count(image, Red), Is.EqualTo(16));
        Assert.That(image[2, 2], Is.EqualTo(Rgb.White));
    }

    [TestCase(0, 0, 4)]
    [TestCase(-1, -1, 1)]
    [TestCase(2, 1, 2)]
    [TestCase(3, 0, 0)]
    [TestCase(0, -9, 0)]
    [TestCase(-9, 0, 0)]
    public void ImagesAreCutAtTheEdges(int left, int top, int drawn)
    {
        var image = new RgbImage(3, 3, Rgb.White);
        image.DrawImage(new RgbImage(2, 2, Red), left, top);
        Assert.That(Count(image, Red), Is.EqualTo(drawn));
    }

    [Test]
    public void EnlargingRepeatsPixels()
    {
        var image = new RgbImage(2, 1) { [0, 1] = Red }.Enlarge(3);
        Assert.That((image.Width, image.Height), Is.EqualTo((6, 3)));
        for (var row = 0; row < 3; row++)
        for (var column = 0; column < 6; column++)
            Assert.That(image[row, column], Is.EqualTo(column < 3 ? Rgb.Black : Red));
    }

    internal static int Count(RgbImage image, Rgb color) =>
        Enumerable.Range(0, image.Width * image.Height).Count(i => image[i / image.Width, i % image.Width] == color);
}
