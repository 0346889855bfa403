using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Physics.Objects;

namespace Ptycho.Physics.Tests.FourierPtychography;

/// <summary>A small problem that a recovery can solve exactly: the object has no detail beyond what the LEDs reach.</summary>
public static class SyntheticSmear
{
    public const int Size = 128;
    public const int ImageSize = 32;

    public static readonly FourierPtychographyOptics Optics = new()
    {
        Wavelength = 630e-9,
        NumericalAperture = 0.1,
        PixelSize = 1.845e-6,
    };

    public static IReadOnlyList<IlluminationDirection> Leds { get; } = new LedArray().SpiralDirections(169);

    /// <summary>A phantom without frequencies beyond 30 of 64 pixels.</summary>
    public static ComplexField Truth(ulong seed)
    {
        var field = BloodSmearPhantom.Create(Size, Size, seed, new BloodSmearPhantomOptions { CellRadius = 12 });
        var fft = new Fft2D(Size, Size);
        fft.Forward(field.Real, field.Imaginary);
        for (var i = 0; i < field.Length; i++)
        {
            var (y, x) = (Signed(i / Size), Signed(i % Size));
            if (y * y + x * x > 30 * 30)
                (field.Real[i], field.Imaginary[i]) = (0, 0);
        }
        fft.Inverse(field.Real, field.Imaginary);
        return field;
    }

    /// <summary>The ideal aperture with some astigmatism and coma.</summary>
    public static ComplexField AberratedPupil()
    {
        var pupil = new ComplexField(ImageSize, ImageSize);
        var radius = Optics.NumericalAperture * ImageSize * Optics.PixelSize / Optics.Wavelength;
        for (var row = 0; row < ImageSize; row++)
        for (var column = 0; column < ImageSize; column++)
        {
            var (y, x) = ((row - ImageSize / 2) / radius, (column - ImageSize / 2) / radius);
            if (x * x + y * y < 1)
                pupil[row, column] = Complex.FromPolarCoordinates(1, 0.8 * (x * x - y * y) + 0.5 * x * (x * x + y * y));
        }
        return pupil;
    }

    public static ComplexField Conjugate(ComplexField field)
    {
        var result = field.Clone();
        for (var i = 0; i < result.Length; i++)
            result.Imaginary[i] = -result.Imaginary[i];
        return result;
    }

    private static int Signed(int index) => index < Size / 2 ? index : index - Size;
}
