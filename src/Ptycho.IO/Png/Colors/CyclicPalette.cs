namespace Ptycho.IO.Png.Colors;

/// <summary>
/// A closed curve of colours walked at constant perceptual speed: a periodic Catmull-Rom spline in Oklab through
/// anchors, parametrised by its arc length.
/// </summary>
internal static class CyclicPalette
{
    private const int StepsPerAnchor = 64;

    // From blue (dark) over green to yellow (light), back over magenta: the hue names the phase, and the lightness rises
    // from −π/2 to π/2, so that small phases read well in grey too.
    private static readonly int[] Anchors =
    [
        0x2F9E93,
        0x7FBF5A,
        0xEBD453,
        0xE88F57,
        0xC9487F,
        0x7F3A9C,
        0x3B3A9E,
        0x2C72B8,
    ];

    /// <summary>Colours at equal distances, the first at −π, the first anchor at phase 0.</summary>
    public static Rgb[] Create(int count)
    {
        var curve = Curve();
        var length = new double[curve.Length + 1];
        for (var i = 0; i < curve.Length; i++)
            length[i + 1] = length[i] + curve[i].DistanceTo(curve[(i + 1) % curve.Length]);
        var colors = new Rgb[count];
        for (var i = 0; i < count; i++)
        {
            var target = length[^1] * ((i + count / 2) % count / (double)count);
            var index = Array.BinarySearch(length, target);
            // Without a hit the complement is the first point beyond.
            index = index >= 0 ? index : ~index - 1;
            var part = (target - length[index]) / (length[index + 1] - length[index]);
            colors[i] = ((1 - part) * curve[index] + part * curve[(index + 1) % curve.Length]).ToRgb();
        }
        return colors;
    }

    private static OkLab[] Curve()
    {
        var anchors = Anchors.Select(hex => OkLab.FromRgb(Rgb.FromHex(hex))).ToArray();
        var n = anchors.Length;
        var curve = new OkLab[n * StepsPerAnchor];
        for (var i = 0; i < curve.Length; i++)
        {
            var k = i / StepsPerAnchor;
            var t = i % StepsPerAnchor / (double)StepsPerAnchor;
            var (p0, p1) = (anchors[(k + n - 1) % n], anchors[k]);
            var (p2, p3) = (anchors[(k + 1) % n], anchors[(k + 2) % n]);
            curve[i] =
                0.5 * (-t + 2 * t * t - t * t * t) * p0
                + 0.5 * (2 - 5 * t * t + 3 * t * t * t) * p1
                + 0.5 * (t + 4 * t * t - 3 * t * t * t) * p2
                + 0.5 * (t * t * t - t * t) * p3;
        }
        return curve;
    }
}
