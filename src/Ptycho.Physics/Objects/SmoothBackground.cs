using MathNet.Numerics.Distributions;

namespace Ptycho.Physics.Objects;

/// <summary>A sum of a few long random waves.</summary>
internal static class SmoothBackground
{
    private const int Waves = 8;
    private const double ShortestWavelength = 100;
    private const double LongestWavelength = 600;

    public static void Add(float[] plane, int height, int width, double deviation, Random random)
    {
        for (var wave = 0; wave < Waves; wave++)
        {
            var length = ContinuousUniform.Sample(random, ShortestWavelength, LongestWavelength);
            var (sin, cos) = Math.SinCos(ContinuousUniform.Sample(random, 0, 2 * Math.PI));
            var start = ContinuousUniform.Sample(random, 0, 2 * Math.PI);
            // Each wave has the variance amplitude²/2.
            var amplitude = deviation * Math.Sqrt(2.0 / Waves);
            for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var phase = start + 2 * Math.PI / length * (y * sin + x * cos);
                plane[y * width + x] += (float)(amplitude * Math.Cos(phase));
            }
        }
    }
}
