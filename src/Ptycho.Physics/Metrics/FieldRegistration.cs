using System.Numerics;
using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Metrics;

/// <summary>
/// The sub-pixel shift between two fields, by the peak of their cross-correlation: with an unknown probe the place of
/// the object is free. Shifts are periodic in the frame (Fourier shift theorem).
/// </summary>
/// <param name="Rows">Shift down, pixels, in [−H/2, H/2].</param>
/// <param name="Columns">Shift right, pixels, in [−W/2, W/2].</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FieldRegistration(double Rows, double Columns)
{
    /// <summary>The shift that brings a field nearest to another, up to a global phase.</summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, or the truth is 0.</exception>
    public static FieldRegistration Between(ComplexField reconstruction, ComplexField truth)
    {
        // A shift is a ramp of the spectrum, which runs over signed frequencies: the zero frequency goes to the middle.
        var (a, b) = (Centred(reconstruction), Centred(truth));
        var ramp = PhaseRamp.Between(a, b);
        return new FieldRegistration(-ramp.Rows, -ramp.Columns);
    }

    /// <summary>The field shifted by this; a new field.</summary>
    public ComplexField ApplyTo(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var result = field.Clone();
        var fft = new Fft2D(field.Height, field.Width);
        fft.Forward(result.Real, result.Imaginary);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var y = (double)Frequencies.Signed(row, field.Height) / field.Height;
            var x = (double)Frequencies.Signed(column, field.Width) / field.Width;
            result[row, column] *= Complex.FromPolarCoordinates(1, -2 * Math.PI * (Rows * y + Columns * x));
        }

        fft.Inverse(result.Real, result.Imaginary);
        return result;
    }

    private static ComplexField Centred(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var spectrum = field.Clone();
        new Fft2D(field.Height, field.Width).Forward(spectrum.Real, spectrum.Imaginary);
        var result = new ComplexField(field.Height, field.Width);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var y = (row + field.Height / 2) % field.Height;
            var x = (column + field.Width / 2) % field.Width;
            result[y, x] = spectrum[row, column];
        }

        return result;
    }
}
