using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Probes;

/// <summary>The probe that a Fresnel zone plate makes.</summary>
public static class ZonePlateProbe
{
    private const int Oversampling = 8;

    /// <summary>
    /// The first-order focus of a zone plate, in the Fresnel approximation: P(r) = F⁻¹[A(λf·q)·exp(−iπλz·q²)], with
    /// the annular aperture A between central stop and rim and the defocus z; scaled so that max|P| = 1.
    /// </summary>
    /// <param name="size">Rows and columns, at least 8.</param>
    /// <param name="options">The optics.</param>
    /// <exception cref="ArgumentException">
    /// The stop is not smaller than the zone plate, the pixel is too large for the focus (the aperture does not fit the
    /// frequencies of the frame), the defocused beam is wider than the frame, or the aperture covers no frequency.
    /// </exception>
    public static Probe Create(int size, ZonePlateOptions options)
    {
        Require.AtLeast(size, 8, nameof(size));
        ArgumentNullException.ThrowIfNull(options);
        if (options.CentralStop >= options.Diameter)
            throw new ArgumentException("The central stop must be smaller than the zone plate.", nameof(options));
        var pixel = options.Wavelength * options.FocalLength / (size * options.PixelSize);
        if (options.Diameter / pixel > size)
            throw new ArgumentException(
                $"A pixel of {options.PixelSize} m cannot hold a focus from zones of {options.OutermostZoneWidth} m; "
                    + "it must be at most the zone width.",
                nameof(options)
            );
        var beam = options.Diameter * Math.Abs(options.Defocus) / options.FocalLength;
        if (beam > size * options.PixelSize)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"At a defocus of {options.Defocus} m the beam is {beam:g3} m wide, the frame "
                ) + FormattableString.Invariant($"{size * options.PixelSize:g3} m: it would wrap around."),
                nameof(options)
            );

        var field = new ComplexField(size, size);
        for (var row = 0; row < size; row++)
        for (var column = 0; column < size; column++)
        {
            var (v, u) = (Frequencies.Signed(row, size), Frequencies.Signed(column, size));
            var q2 = ((double)u * u + (double)v * v) / Math.Pow(size * options.PixelSize, 2);
            var aperture = Transmission(v, u, options.Diameter / pixel / 2, options.CentralStop / pixel / 2);
            // The last phase moves the focus from the corner to the middle of the frame.
            var phase = -Math.PI * (options.Wavelength * options.Defocus * q2 + (u + v) * (size - 1.0) / size);
            field[row, column] = Complex.FromPolarCoordinates(aperture, phase);
        }

        if (!field.Real.AsSpan().ContainsAnyExcept(0f))
            throw new ArgumentException("The aperture covers no frequency of the frame.", nameof(options));
        new Fft2D(size, size).Inverse(field.Real, field.Imaginary);
        Normalise(field);
        return Probe.FromField(field);
    }

    // The part of a pixel's area that is open, so that rims are not jagged.
    private static double Transmission(int v, int u, double outer, double inner)
    {
        var open = 0;
        for (var i = 0; i < Oversampling; i++)
        for (var j = 0; j < Oversampling; j++)
        {
            var y = v + (i + 0.5) / Oversampling - 0.5;
            var x = u + (j + 0.5) / Oversampling - 0.5;
            var r2 = x * x + y * y;
            if (r2 <= outer * outer && r2 >= inner * inner)
                open++;
        }

        return (double)open / (Oversampling * Oversampling);
    }

    private static void Normalise(ComplexField field)
    {
        var largest = 0.0;
        for (var i = 0; i < field.Length; i++)
            largest = Math.Max(largest, double.Hypot(field.Real[i], field.Imaginary[i]));
        for (var i = 0; i < field.Length; i++)
        {
            field.Real[i] = (float)(field.Real[i] / largest);
            field.Imaginary[i] = (float)(field.Imaginary[i] / largest);
        }
    }
}
