namespace Ptycho.IO.Png.Colors;

/// <summary>
/// A colour in Oklab (Björn Ottosson, 2020), where Euclidean distance is close to perceived difference.
/// </summary>
internal readonly record struct OkLab(double L, double A, double B)
{
    public static OkLab FromRgb(Rgb color)
    {
        var (r, g, b) = (ToLinear(color.R), ToLinear(color.G), ToLinear(color.B));
        var l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        var m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        var s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new OkLab(
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        );
    }

    /// <summary>The nearest sRGB colour, each channel clipped to its range.</summary>
    public Rgb ToRgb()
    {
        var l = Cube(L + 0.3963377774 * A + 0.2158037573 * B);
        var m = Cube(L - 0.1055613458 * A - 0.0638541728 * B);
        var s = Cube(L - 0.0894841775 * A - 1.2914855480 * B);
        return new Rgb(
            ToByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            ToByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            ToByte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
        );
    }

    public double DistanceTo(OkLab other) => Math.Sqrt(Square(L - other.L) + Square(A - other.A) + Square(B - other.B));

    public static OkLab operator +(OkLab x, OkLab y) => new(x.L + y.L, x.A + y.A, x.B + y.B);

    public static OkLab operator *(double factor, OkLab x) => new(factor * x.L, factor * x.A, factor * x.B);

    private static double Square(double x) => x * x;

    private static double Cube(double x) => x * x * x;

    private static double ToLinear(byte value)
    {
        var v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static byte ToByte(double linear)
    {
        var v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (byte)Math.Round(255 * Math.Clamp(v, 0, 1));
    }
}
