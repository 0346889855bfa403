using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Propagation;

/// <summary>
/// Takes a field through free space by its spectrum of plane waves, periodic in the frame. The carrier exp(ikz) is
/// left out, so that a short distance changes little.
/// </summary>
public static class FieldPropagator
{
    /// <summary>
    /// The exact scalar result: each frequency q turns by 2πz·(√(1/λ² − q²) − 1/λ); evanescent waves become 0.
    /// </summary>
    /// <param name="field">The field; not changed.</param>
    /// <param name="wavelength">Wavelength λ, metres, above 0.</param>
    /// <param name="pixelSize">Pixel of the field, metres, above 0.</param>
    /// <param name="distance">Distance z along the beam, metres; negative goes back.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not finite.</exception>
    public static ComplexField AngularSpectrum(ComplexField field, double wavelength, double pixelSize, double distance)
    {
        var inverse = 1 / Require.Positive(wavelength, nameof(wavelength));
        return Apply(
            field,
            pixelSize,
            distance,
            q2 =>
            {
                var square = inverse * inverse - q2;
                // √(1/λ² − q²) − 1/λ without the difference of nearly equal numbers.
                return square < 0
                    ? Complex.Zero
                    : Complex.FromPolarCoordinates(1, -2 * Math.PI * distance * q2 / (Math.Sqrt(square) + inverse));
            }
        );
    }

    /// <summary>The paraxial (Fresnel) approximation: each frequency q turns by −πλz·q².</summary>
    /// <inheritdoc cref="AngularSpectrum"/>
    public static ComplexField Fresnel(ComplexField field, double wavelength, double pixelSize, double distance)
    {
        Require.Positive(wavelength, nameof(wavelength));
        return Apply(
            field,
            pixelSize,
            distance,
            q2 => Complex.FromPolarCoordinates(1, -Math.PI * wavelength * distance * q2)
        );
    }

    private static ComplexField Apply(
        ComplexField field,
        double pixelSize,
        double distance,
        Func<double, Complex> transfer
    )
    {
        ArgumentNullException.ThrowIfNull(field);
        FiniteCheck.Require(field, nameof(field));
        Require.Positive(pixelSize, nameof(pixelSize));
        Require.Finite(distance, nameof(distance));
        var result = field.Clone();
        var fft = new Fft2D(field.Height, field.Width);
        fft.Forward(result.Real, result.Imaginary);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var y = Frequencies.Signed(row, field.Height) / (field.Height * pixelSize);
            var x = Frequencies.Signed(column, field.Width) / (field.Width * pixelSize);
            result[row, column] *= transfer(x * x + y * y);
        }

        fft.Inverse(result.Real, result.Imaginary);
        return result;
    }
}
