using Ptycho.IO.Png;
using Ptycho.IO.Png.Colors;

namespace Ptycho.IO.Tests.Png;

public class ColorMapTests
{
    [Test]
    public void GrayIsLinear()
    {
        for (var i = 0; i < 256; i++)
            Assert.That(ColorMap.Gray.Map(i / 255.0), Is.EqualTo(new Rgb((byte)i, (byte)i, (byte)i)));
    }

    // From matplotlib 3.6.3, between the stops of the table.
    [TestCase(0, 68, 1, 84)]
    [TestCase(12, 71, 19, 101)]
    [TestCase(52, 65, 68, 135)]
    [TestCase(98, 42, 117, 142)]
    [TestCase(128, 33, 145, 140)]
    [TestCase(152, 34, 168, 132)]
    [TestCase(203, 119, 209, 83)]
    [TestCase(232, 194, 223, 35)]
    [TestCase(255, 253, 231, 37)]
    public void ViridisIsMatplotlibs(int index, int r, int g, int b)
    {
        var color = ColorMap.Viridis.Map(index / 255.0);
        Assert.That(Math.Abs(color.R - r), Is.LessThanOrEqualTo(1));
        Assert.That(Math.Abs(color.G - g), Is.LessThanOrEqualTo(1));
        Assert.That(Math.Abs(color.B - b), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void EqualStepsOfPhaseLookEqualAllAround()
    {
        // Steps of 1/32 of the circle, wide enough that rounding to 8 bits doesn't count.
        var colors = Enumerable.Range(0, 33).Select(i => OkLab.FromRgb(ColorMap.CyclicPhase.Map(i / 32.0))).ToArray();
        var steps = Enumerable.Range(0, 32).Select(i => colors[i].DistanceTo(colors[i + 1])).ToArray();
        Assert.That(steps.Max() / steps.Min(), Is.LessThan(1.15));
    }

    [Test]
    public void ThePhaseMapClosesWithoutAJump()
    {
        var map = ColorMap.CyclicPhase;
        Assert.That(map.Map(1), Is.EqualTo(map.Map(0)));
        Assert.That(map.Map(-0.25), Is.EqualTo(map.Map(0.75)));
        Assert.That(map.Map(7.5), Is.EqualTo(map.Map(0.5)));
        for (var i = 0; i < 256; i++)
        {
            var (a, b) = (map.Map(i / 256.0), map.Map((i + 1) / 256.0));
            Assert.That(Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B), Is.InRange(1, 20));
        }
    }

    [Test]
    public void LightnessRisesWithThePhaseBetweenTheQuarters()
    {
        var lightness = Enumerable
            .Range(0, 17)
            .Select(i => OkLab.FromRgb(ColorMap.CyclicPhase.Map(0.27 + 0.46 * i / 16)).L)
            .ToArray();
        Assert.That(lightness, Is.Ordered.Ascending);
    }

    [Test]
    public void OkLabComesBackAndWhiteIsWhite()
    {
        foreach (var color in (Rgb[])[Rgb.White, Rgb.Black, new(12, 200, 99), new(255, 0, 0), new(0, 0, 255)])
            Assert.That(OkLab.FromRgb(color).ToRgb(), Is.EqualTo(color));
        var white = OkLab.FromRgb(Rgb.White);
        Assert.That(white.L, Is.EqualTo(1).Within(1e-6));
        Assert.That(white.A, Is.EqualTo(0).Within(1e-6));
        // The published value of pure red.
        Assert.That(OkLab.FromRgb(new Rgb(255, 0, 0)).L, Is.EqualTo(0.628).Within(0.001));
    }

    [Test]
    public void WhatIsOutsideTakesTheEndAndNaNIsMarked()
    {
        Assert.That(ColorMap.Gray.Map(-3), Is.EqualTo(Rgb.Black));
        Assert.That(ColorMap.Gray.Map(double.PositiveInfinity), Is.EqualTo(Rgb.White));
        foreach (var map in (ColorMap[])[ColorMap.Gray, ColorMap.Viridis, ColorMap.CyclicPhase])
        {
            Assert.That(map.Map(double.NaN), Is.EqualTo(ColorMap.Missing));
            for (var i = 0; i < 512; i++)
                Assert.That(map.Map(i / 512.0), Is.Not.EqualTo(ColorMap.Missing));
        }
        Assert.That(() => ColorMap.FromStops("one", Rgb.White), Throws.ArgumentException);
    }
}
