using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Probes;

/// <summary>A probe from the frames themselves, for data that came without one: a start, which has to be refined.</summary>
public static class FarFieldProbe
{
    /// <summary>
    /// F⁻¹[√I·exp(i c |q|²)], centred in the window, where I is the mean intensity of the frames: averaged over a scan, a far
    /// field is about that of the probe alone. Its phase is not measured; c stands for a defocus, which decides how wide the
    /// probe is. Its energy is the frames' mean, so that objects have magnitudes about 1.
    /// </summary>
    /// <param name="data">The frames. Pixels of weight 0 count as dark.</param>
    /// <param name="curvature">
    /// c in radians, q in cycles a pixel: light that has gone a distance z beyond its focus has c = −πλz/Δ², Δ being the
    /// object's pixel. 0 is in focus.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The curvature is not finite, or the frames have less or more light than a probe can (<see cref="Probe.FromModes"/>).
    /// </exception>
    public static Probe Create(DiffractionData data, double curvature = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require.Finite(curvature, nameof(curvature));
        var mean = new double[data.Height * data.Width];
        var (amplitudes, frames) = (new float[mean.Length], 0);
        for (var frame = 0; frame < data.FrameCount; frame++)
        {
            var weight = data.Mask?.FrameWeight(frame) ?? 1;
            if (weight == 0)
                continue;
            data.CopyAmplitudes(frame, amplitudes);
            Add(mean, amplitudes, data.Mask);
            frames++;
        }

        return FromIntensity(mean, data.Height, data.Width, frames, curvature);
    }

    private static void Add(double[] sum, ReadOnlySpan<float> amplitudes, DetectorMask? mask)
    {
        for (var i = 0; i < sum.Length; i++)
            if (mask is null || mask.PixelWeights[i] > 0)
                sum[i] += (double)amplitudes[i] * amplitudes[i];
    }

    private static Probe FromIntensity(double[] sum, int height, int width, int frames, double curvature)
    {
        var field = new ComplexField(height, width);
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
        {
            var (u, v) = (Frequency(row, height), Frequency(column, width));
            // The half window's shift, as a sign where the side is even, brings the probe to the centre.
            var shift = 2 * Math.PI * (u * (height / 2) + v * (width / 2));
            var (sin, cos) = Math.SinCos(curvature * (u * u + v * v) - shift);
            var amplitude = Math.Sqrt(sum[row * width + column] / frames);
            field[row, column] = new((float)(amplitude * cos), (float)(amplitude * sin));
        }

        new Fft2D(height, width).Inverse(field.Real, field.Imaginary);
        return Probe.FromField(field);
    }

    private static double Frequency(int index, int length) => (double)Frequencies.Signed(index, length) / length;
}
