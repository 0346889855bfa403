using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Probes;

/// <summary>Probes of fewer pixels.</summary>
public static class ProbeResampling
{
    /// <summary>
    /// Every pixel the mean of factor×factor pixels: the same illumination in larger pixels, as a probe of 32×32 is made
    /// from a measured larger one for simulations. Detail finer than the new pixel is lost, and energy with it.
    /// </summary>
    /// <param name="probe">The probe; not changed.</param>
    /// <param name="factor">Pixels on a side that become one, at least 1; both sides must be multiples of it.</param>
    /// <exception cref="ArgumentException">A side is not a multiple of the factor.</exception>
    public static Probe Average(Probe probe, int factor)
    {
        ArgumentNullException.ThrowIfNull(probe);
        Require.AtLeast(factor, 1, nameof(factor));
        if (probe.Height % factor != 0 || probe.Width % factor != 0)
            throw new ArgumentException(
                $"A {probe.Height}×{probe.Width} probe cannot be divided into blocks of {factor}×{factor} pixels.",
                nameof(factor)
            );
        return Probe.FromModes(probe.Modes.Select(mode => Average(mode, factor)));
    }

    /// <summary>
    /// The lowest height×width frequencies: the probe that belongs to frames whose detector was cropped around the zero
    /// frequency. The window stays as large in metres, its pixels become larger; energy is kept but for what the cropped
    /// pixels had seen.
    /// </summary>
    /// <param name="probe">The probe; not changed.</param>
    /// <param name="height">Rows of the result, 1 to the probe's.</param>
    /// <param name="width">Columns of the result, 1 to the probe's.</param>
    public static Probe CropSpectrum(Probe probe, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(probe);
        Require.AtLeast(height, 1, nameof(height));
        Require.AtLeast(width, 1, nameof(width));
        Require.AtLeast(probe.Height, height, "the probe's height");
        Require.AtLeast(probe.Width, width, "the probe's width");
        return Probe.FromModes(probe.Modes.Select(mode => CropSpectrum(mode, height, width)));
    }

    /// <summary>
    /// The middle height×width pixels: the probe that belongs to frames whose detector pixels were summed. The pixels stay
    /// as large in metres, the window becomes smaller; light outside of it is lost.
    /// </summary>
    /// <param name="probe">The probe; not changed.</param>
    /// <param name="height">Rows of the result, 1 to the probe's.</param>
    /// <param name="width">Columns of the result, 1 to the probe's.</param>
    public static Probe CropWindow(Probe probe, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(probe);
        Require.AtLeast(height, 1, nameof(height));
        Require.AtLeast(width, 1, nameof(width));
        Require.AtLeast(probe.Height, height, "the probe's height");
        Require.AtLeast(probe.Width, width, "the probe's width");
        var (top, left) = (probe.Height / 2 - height / 2, probe.Width / 2 - width / 2);
        return Probe.FromModes(
            probe.Modes.Select(mode =>
            {
                var result = new ComplexField(height, width);
                for (var row = 0; row < height; row++)
                for (var column = 0; column < width; column++)
                    result[row, column] = mode[row + top, column + left];
                return result;
            })
        );
    }

    private static ComplexField Average(ComplexField field, int factor)
    {
        var result = new ComplexField(field.Height / factor, field.Width / factor);
        for (var row = 0; row < result.Height; row++)
        for (var column = 0; column < result.Width; column++)
        {
            var sum = System.Numerics.Complex.Zero;
            for (var y = 0; y < factor; y++)
            for (var x = 0; x < factor; x++)
                sum += field[row * factor + y, column * factor + x];
            result[row, column] = sum / (factor * factor);
        }

        return result;
    }

    private static ComplexField CropSpectrum(ComplexField field, int height, int width)
    {
        var spectrum = field.Clone();
        new Fft2D(field.Height, field.Width).Forward(spectrum.Real, spectrum.Imaginary);
        var result = new ComplexField(height, width);
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
        {
            var v = (Frequencies.Signed(row, height) + field.Height) % field.Height;
            var u = (Frequencies.Signed(column, width) + field.Width) % field.Width;
            result[row, column] = spectrum[v, u];
        }

        new Fft2D(height, width).Inverse(result.Real, result.Imaginary);
        return result;
    }
}
