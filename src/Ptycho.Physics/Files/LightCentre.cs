using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>
/// Where the light of the mean frame is centred. Frequencies are cyclic, so it is a circular mean: on each axis the angle of
/// Σ I·exp(2πi r/h). A frame whose light is spread all over has no centre.
/// </summary>
internal static class LightCentre
{
    /// <summary>Below this length of the mean vector (0 for even light, 1 for a point) there is no centre.</summary>
    private const double LeastConcentration = 0.25;

    /// <summary>From this part of a side on the zero frequency is in the wrong place: no tilted beam is so far off.</summary>
    private const double Displaced = 0.2;

    /// <summary>The centre, signed pixels from the zero frequency, or null where the light is spread all over.</summary>
    public static (double Row, double Column)? Find(DiffractionData data)
    {
        var (height, width) = (data.Height, data.Width);
        var (rows, columns) = (new double[height], new double[width]);
        var amplitudes = new float[height * width];
        for (var frame = 0; frame < data.FrameCount; frame++)
        {
            if (data.Mask?.FrameWeight(frame) == 0)
                continue;
            data.CopyAmplitudes(frame, amplitudes);
            for (var i = 0; i < amplitudes.Length; i++)
            {
                var light = (double)amplitudes[i] * amplitudes[i];
                rows[i / width] += light;
                columns[i % width] += light;
            }
        }
        return Mean(rows) is { } row && Mean(columns) is { } column ? (row, column) : null;
    }

    /// <summary>The pixel of the centre, or null where there is none.</summary>
    public static (int Row, int Column)? FindPixel(DiffractionData data) =>
        Find(data) is { } centre ? (Pixel(centre.Row, data.Height), Pixel(centre.Column, data.Width)) : null;

    /// <summary>Whether a centre is so far from [0, 0] that the zero frequency must be elsewhere.</summary>
    public static bool IsDisplaced((double Row, double Column) centre, int height, int width) =>
        Math.Abs(centre.Row) > Math.Max(2, Displaced * height)
        || Math.Abs(centre.Column) > Math.Max(2, Displaced * width);

    private static int Pixel(double signed, int length) => ((int)Math.Round(signed) + length) % length;

    private static double? Mean(double[] light)
    {
        var sum = System.Numerics.Complex.Zero;
        for (var i = 0; i < light.Length; i++)
            sum += System.Numerics.Complex.FromPolarCoordinates(light[i], 2 * Math.PI * i / light.Length);
        return sum.Magnitude >= LeastConcentration * light.Sum() ? sum.Phase / (2 * Math.PI) * light.Length
            : light.Length == 1 ? 0
            : null;
    }
}
