using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// Makes the measurement that a known object would give: a_k = |F⁻¹(O[window k]·P)|, O the object's orthonormal spectrum.
/// It is the model that <see cref="FourierPtychographySolver"/> fits.
/// </summary>
public static class FourierPtychographySimulator
{
    /// <summary>Computes noiseless amplitudes.</summary>
    /// <param name="sample">The object [H, W], at the pixel size of the optics times height/H.</param>
    /// <param name="optics">The microscope; its pixel size is that of the images.</param>
    /// <param name="directions">The light of each image.</param>
    /// <param name="height">Rows of an image, at most H.</param>
    /// <param name="width">Columns of an image, at most W, in the proportion of H to W.</param>
    /// <param name="pupil">The pupil [height, width], zero frequency in the centre; null for the ideal one.</param>
    /// <returns>The measurement; it knows the pupil only if one was given.</returns>
    /// <exception cref="ArgumentException">Sizes don't fit, or a spectrum window leaves the object's spectrum.</exception>
    public static FourierPtychographyData Simulate(
        ComplexField sample,
        FourierPtychographyOptics optics,
        IReadOnlyList<IlluminationDirection> directions,
        int height,
        int width,
        ComplexField? pupil = null
    )
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(optics);
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        if ((long)sample.Height * width != (long)sample.Width * height)
            throw new ArgumentException(
                $"The object's {sample.Height}×{sample.Width} and the images' {height}×{width} are not in proportion.",
                nameof(sample)
            );
        if (pupil is not null && (pupil.Height != height || pupil.Width != width))
            throw new ArgumentException(
                $"The pupil is {pupil.Height}×{pupil.Width}, but the images are {height}×{width}.",
                nameof(pupil)
            );
        var geometry = new SpectrumGeometry(optics, directions, height, width, sample.Height, sample.Width);
        var spectrum = Spectrum(sample);
        var pixels = height * width;
        var (aperture, window) = (new SplitPlane(pixels), new SplitPlane(pixels));
        CentredSpectrum.Load(pupil ?? geometry.IdealPupil(), 0, 0, aperture.Re, aperture.Im, height, width);
        var fft = new Fft2D(height, width);
        var amplitudes = new float[checked(directions.Count * pixels)];
        for (var k = 0; k < directions.Count; k++)
        {
            var (row, column) = (geometry.Rows[k], geometry.Columns[k]);
            CentredSpectrum.Load(spectrum, row, column, window.Re, window.Im, height, width);
            PlaneKernels.Multiply(window, aperture, window);
            fft.Inverse(window.Re, window.Im);
            PlaneKernels.Magnitude(window, amplitudes.AsSpan(k * pixels, pixels));
        }
        return new FourierPtychographyData(amplitudes, height, width, directions, optics, pupil);
    }

    private static ComplexField Spectrum(ComplexField sample)
    {
        var (h, w) = (sample.Height, sample.Width);
        var far = sample.Clone();
        new Fft2D(h, w).Forward(far.Real, far.Imaginary);
        var centred = new ComplexField(h, w);
        CentredSpectrum.Store(centred, 0, 0, far.Real, far.Imaginary, h, w);
        return centred;
    }
}
