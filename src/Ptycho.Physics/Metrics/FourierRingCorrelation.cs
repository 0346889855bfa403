using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Metrics;

/// <summary>
/// How far two independent reconstructions of one object (such as from two halves of the frames) agree at each spatial
/// frequency: FRC = Re Σ A·conj(B)/√(Σ|A|²·Σ|B|²) over rings, after the global phase between them is removed and a
/// Hann window has taken the borders away (van Heel and Schatz, J. Struct. Biol. 151, 250, 2005).
/// </summary>
public static class FourierRingCorrelation
{
    /// <summary>Compares two fields of one shape that are already registered.</summary>
    /// <exception cref="ArgumentException">The shapes differ, a side is below 8 pixels, a value is not finite, or a field
    /// is 0 everywhere.</exception>
    public static RingCorrelation Compute(ComplexField first, ComplexField second)
    {
        var phase = ReconstructionMetrics.GlobalPhase(first, second);
        if (!first.Real.AsSpan().ContainsAnyExcept(0f) && !first.Imaginary.AsSpan().ContainsAnyExcept(0f))
            throw new ArgumentException("The first field is 0 everywhere; it correlates with nothing.", nameof(first));
        var rings = Math.Min(first.Height, first.Width) / 2;
        if (rings < 4)
            throw new ArgumentException("Ring correlation needs at least 8 pixels on each side.", nameof(first));
        var a = Spectrum(first, phase);
        var b = Spectrum(second, Complex.One);
        var sums = new (double Cross, double A, double B, double Frequency, int Count)[rings];
        for (var row = 0; row < a.Height; row++)
        for (var column = 0; column < a.Width; column++)
        {
            var y = (double)Frequencies.Signed(row, a.Height) / a.Height;
            var x = (double)Frequencies.Signed(column, a.Width) / a.Width;
            var frequency = double.Hypot(x, y);
            var ring = (int)Math.Round(frequency * 2 * rings);
            if (ring >= rings)
                continue;
            var (za, zb) = (a[row, column], b[row, column]);
            ref var sum = ref sums[ring];
            sum.Cross += (za * Complex.Conjugate(zb)).Real;
            sum.A += za.Magnitude * za.Magnitude;
            sum.B += zb.Magnitude * zb.Magnitude;
            sum.Frequency += frequency;
            sum.Count++;
        }

        var frequencies = sums.Select(s => s.Frequency / s.Count).ToArray();
        var correlation = sums.Select(s => s.A * s.B > 0 ? s.Cross / Math.Sqrt(s.A * s.B) : 0).ToArray();
        var threshold = sums.Select(s => HalfBit(s.Count)).ToArray();
        return new RingCorrelation(frequencies, correlation, threshold, Cross(frequencies, correlation, threshold));
    }

    private static double HalfBit(int count)
    {
        var root = Math.Sqrt(count);
        return (0.2071 + 1.9102 / root) / (1.2071 + 0.9102 / root);
    }

    // The first rings hold so few pixels that their threshold is near 1 and means nothing.
    private static double? Cross(double[] frequency, double[] correlation, double[] threshold)
    {
        for (var ring = 2; ring < correlation.Length; ring++)
        {
            var excess = correlation[ring] - threshold[ring];
            if (excess >= 0)
                continue;
            var before = correlation[ring - 1] - threshold[ring - 1];
            if (before <= 0)
                return frequency[ring];
            return frequency[ring - 1] + before / (before - excess) * (frequency[ring] - frequency[ring - 1]);
        }

        return null;
    }

    private static ComplexField Spectrum(ComplexField field, Complex factor)
    {
        var windowed = new ComplexField(field.Height, field.Width);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
            windowed[row, column] = field[row, column] * factor * (Hann(row, field.Height) * Hann(column, field.Width));
        new Fft2D(field.Height, field.Width).Forward(windowed.Real, windowed.Imaginary);
        return windowed;
    }

    private static double Hann(int index, int length) => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (index + 0.5) / length);
}
