using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Evaluation;

/// <summary>
/// The mean power spectrum of complex images over rings of equal spatial frequency. Images lose their mean and fade out
/// towards the edge (Hann window), so that neither the mean nor the edge's jump leaks into other rings.
/// </summary>
public static class RadialSpectrum
{
    /// <summary>Power by ring.</summary>
    /// <param name="objects">complex64 [B, N, N] on any device; left alone.</param>
    /// <returns>
    /// N/2 numbers: the mean power of ring k, of frequencies (k ± ½)/N cycles per pixel, k = 1…N/2.
    /// </returns>
    /// <exception cref="ArgumentException">The images are not square, or smaller than 4 pixels.</exception>
    public static ImmutableArray<double> Of(Tensor objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var shape = objects.shape;
        if (shape.Length != 3 || shape[1] != shape[2] || shape[1] < 4)
            throw new ArgumentException(
                $"Objects must be square images [B, N, N] with N ≥ 4, not [{string.Join(", ", shape)}].",
                nameof(objects)
            );
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var size = (int)shape[1];
        var window = tensor(Hann(size), dtype: ScalarType.Float32, device: objects.device);
        var centred = objects - objects.mean([1, 2], keepdim: true);
        var windowed = centred * (window.unsqueeze(0) * window.unsqueeze(1));
        var amplitude = fft.fft2(windowed, norm: FFTNormType.Ortho).abs();
        var power = (amplitude * amplitude).mean([0]).cpu().contiguous().data<float>().ToArray();
        return Rings(power, size);
    }

    private static float[] Hann(int size) =>
        [.. Enumerable.Range(0, size).Select(i => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / size)))];

    private static ImmutableArray<double> Rings(float[] power, int size)
    {
        var sums = new double[size / 2 + 1];
        var counts = new long[sums.Length];
        for (var r = 0; r < size; r++)
        for (var c = 0; c < size; c++)
        {
            var ring = (int)Math.Round(double.Hypot(Math.Min(r, size - r), Math.Min(c, size - c)));
            if (ring >= sums.Length)
                continue;
            sums[ring] += power[r * size + c];
            counts[ring]++;
        }
        return [.. sums.Zip(counts, (sum, count) => sum / count).Skip(1)];
    }
}
