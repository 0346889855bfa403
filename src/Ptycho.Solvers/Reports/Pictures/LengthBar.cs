using System.Globalization;
using Ptycho.IO.Png.Figures;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>A scale bar of a round length: 1, 2 or 5 times a power of ten.</summary>
internal static class LengthBar
{
    /// <summary>Of the picture's width, about the bar's length.</summary>
    private const double Share = 0.25;

    private static readonly (double Metres, string Name)[] s_units =
    [
        (1e-3, "mm"),
        (1e-6, "µm"),
        (1e-9, "nm"),
        (1e-12, "pm"),
    ];

    /// <param name="width">The picture's width, pixels.</param>
    /// <param name="pixel">A pixel's width, m; null or not above 0 for a bar that counts pixels.</param>
    public static ScaleBar For(int width, double? pixel)
    {
        if (pixel is not { } metres || !(metres > 0 && double.IsFinite(metres)))
        {
            var count = (int)Math.Max(1, Round(Share * width));
            return new ScaleBar(count, string.Create(CultureInfo.InvariantCulture, $"{count} px"));
        }
        var length = Round(Share * width * metres);
        var (unit, name) = s_units.FirstOrDefault(u => length >= u.Metres * (1 - 1e-9), s_units[^1]);
        return new ScaleBar(
            Math.Max(1, (int)Math.Round(length / metres)),
            string.Create(CultureInfo.InvariantCulture, $"{length / unit:0.###} {name}")
        );
    }

    /// <summary>The round number at or below.</summary>
    private static double Round(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        var digits = value / power;
        return power
            * (
                digits >= 5 ? 5
                : digits >= 2 ? 2
                : 1
            );
    }
}
