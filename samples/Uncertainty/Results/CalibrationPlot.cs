using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;

namespace Ptycho.Samples.Uncertainty.Results;

/// <summary>Coverage against nominal probability: on the diagonal the error bars are honest, below they are too short.</summary>
internal static class CalibrationPlot
{
    private const int Side = 280;
    private const int Left = 60;
    private const int Top = 40;
    private static readonly ValueRange Range = new(0.4, 1);
    private static readonly Rgb Ink = new(40, 40, 40);
    private static readonly Rgb Faint = new(205, 205, 205);
    private static readonly Rgb Magnitude = new(31, 95, 191);
    private static readonly Rgb Phase = new(190, 75, 15);

    public static RgbImage Draw(Calibration calibration)
    {
        var image = new RgbImage(Left + Side + 200, Top + Side + 60, Rgb.White);
        var (text, bold) = (new TextStyle(Ink, 1), new TextStyle(Ink, 2));
        image.DrawText("Are the error bars honest?", Left, 10, bold);
        foreach (var tick in AxisTick.Round(Range, 7))
        {
            var at = Place(tick.Value);
            image.FillRectangle(Left, Top + Side - at, Side, 1, Faint);
            image.FillRectangle(Left + at, Top, 1, Side, Faint);
            image.DrawText(tick.Label, Left - 24, Top + Side - at - 3, text);
            image.DrawText(tick.Label, Left + at - 8, Top + Side + 8, text);
        }
        Line(image, [Range.Low, Range.High], [Range.Low, Range.High], Ink, 1);
        image.DrawRectangle(Left, Top, Side + 1, Side + 1, Ink);
        image.DrawText("nominal probability of the interval", Left + 60, Top + Side + 26, text);
        image.DrawTextUpwards("share of pixels within", Left - 44, Top + 200, text);
        (string Name, IReadOnlyList<double> Shares, Rgb Color, int Dot)[] lines =
        [
            ("magnitude, bare", calibration.Bare.Magnitude, Magnitude, 3),
            ("magnitude, times k", calibration.Corrected.Magnitude, Magnitude, 7),
            ("phase, bare", calibration.Bare.Phase, Phase, 3),
            ("phase, times k", calibration.Corrected.Phase, Phase, 7),
        ];
        for (var i = 0; i < lines.Length; i++)
        {
            var (name, shares, color, dot) = lines[i];
            Line(image, calibration.Nominal, shares, color, 1);
            foreach (var (x, y) in calibration.Nominal.Zip(shares))
                Dot(image, x, y, dot, color);
            var row = Top + 10 + 22 * i;
            image.FillRectangle(Left + Side + 18, row + 3, 20, 1, color);
            image.FillRectangle(Left + Side + 28 - dot / 2, row + 3 - dot / 2, dot, dot, color);
            image.DrawText(name, Left + Side + 46, row, text);
        }
        image.DrawText(
            FormattableString.Invariant(
                $"k = {calibration.MagnitudeFactor:F2} and {calibration.PhaseFactor:F2},\nfitted on {calibration.FittedOn} of {calibration.FittedOn + calibration.ReportedFor} objects;\nshares over the other {calibration.ReportedFor}"
            ),
            Left + Side + 18,
            Top + 110,
            text
        );
        return image;
    }

    private static int Place(double value) => (int)Math.Round(Side * Math.Clamp(Range.Position(value), 0, 1));

    private static void Dot(RgbImage image, double x, double y, int size, Rgb color) =>
        image.FillRectangle(Left + Place(x) - size / 2, Top + Side - Place(y) - size / 2, size, size, color);

    private static void Line(RgbImage image, IReadOnlyList<double> x, IReadOnlyList<double> y, Rgb color, int thickness)
    {
        for (var i = 1; i < x.Count; i++)
        for (var step = 0; step <= Side; step++)
        {
            var part = (double)step / Side;
            Dot(image, x[i - 1] + part * (x[i] - x[i - 1]), y[i - 1] + part * (y[i] - y[i - 1]), thickness, color);
        }
    }
}
