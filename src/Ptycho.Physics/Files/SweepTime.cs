using System.Diagnostics;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Files;

/// <summary>How long a sweep over all frames takes on this machine, from transforms that are timed now.</summary>
internal static class SweepTime
{
    /// <summary>
    /// A classical sweep transforms each mode of each frame there and back; what goes on around the transforms takes
    /// about as long again.
    /// </summary>
    private const double PartOfTransforms = 0.5;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    public static TimeSpan Estimate(int frames, int modes, int height, int width)
    {
        var transform = new Fft2D(height, width);
        var real = new float[height * width];
        var imaginary = new float[height * width];
        real[0] = 1;
        var fastest = double.MaxValue;
        var start = Stopwatch.GetTimestamp();
        // The minimum, since other programs may use the cores; at least three pairs, the first of which warms up.
        for (var pair = 0; pair < 3 || Stopwatch.GetElapsedTime(start) < Longest; pair++)
        {
            var begin = Stopwatch.GetTimestamp();
            transform.Forward(real, imaginary);
            transform.Inverse(real, imaginary);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        return TimeSpan.FromSeconds(fastest * frames * modes / PartOfTransforms);
    }
}
