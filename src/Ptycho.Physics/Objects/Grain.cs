using MathNet.Numerics.Distributions;

namespace Ptycho.Physics.Objects;

/// <summary>Gaussian noise without the highest frequencies, as a recovered object has it.</summary>
internal static class Grain
{
    private const int Passes = 3;

    // White noise through the 3×3 binomial filter n times has the standard deviation C(4n, 2n)/16ⁿ.
    private const double FilteredDeviation = 924.0 / 4096;

    public static void Add(float[] plane, int height, int width, double deviation, Random random)
    {
        var noise = new double[plane.Length];
        Normal.Samples(random, noise, 0, deviation / FilteredDeviation);
        for (var pass = 0; pass < Passes; pass++)
        {
            Filter(noise, height, width, width, 1);
            Filter(noise, width, height, 1, width);
        }
        for (var i = 0; i < plane.Length; i++)
            plane[i] += (float)noise[i];
    }

    // (¼, ½, ¼) along lines, around their ends.
    private static void Filter(double[] values, int lines, int length, int lineStride, int stride)
    {
        for (var line = 0; line < lines; line++)
        {
            var start = line * lineStride;
            var first = values[start];
            var before = values[start + (length - 1) * stride];
            for (var i = 0; i < length; i++)
            {
                var here = values[start + i * stride];
                var after = i + 1 < length ? values[start + (i + 1) * stride] : first;
                values[start + i * stride] = (before + 2 * here + after) / 4;
                before = here;
            }
        }
    }
}
