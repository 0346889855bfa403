using Ptycho.IO;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>Where each image's window lies in the object's centred spectrum, and what the aperture is there.</summary>
internal sealed class SpectrumGeometry
{
    private readonly FourierPtychographyOptics _optics;
    private readonly double _fieldY;
    private readonly double _fieldX;

    /// <exception cref="ArgumentException">A window leaves the spectrum: the message names the image.</exception>
    public SpectrumGeometry(
        FourierPtychographyOptics optics,
        IReadOnlyList<IlluminationDirection> directions,
        int height,
        int width,
        int objectHeight,
        int objectWidth
    )
    {
        (_optics, Height, Width, ObjectHeight, ObjectWidth) = (optics, height, width, objectHeight, objectWidth);
        (_fieldY, _fieldX) = (height * optics.PixelSize, width * optics.PixelSize);
        var rows = new int[directions.Count];
        var columns = new int[directions.Count];
        for (var k = 0; k < directions.Count; k++)
        {
            rows[k] = FirstPixel(directions[k].Y * _fieldY, objectHeight, height);
            columns[k] = FirstPixel(directions[k].X * _fieldX, objectWidth, width);
            if (rows[k] < 0 || rows[k] + height > objectHeight || columns[k] < 0 || columns[k] + width > objectWidth)
                throw new ArgumentException(
                    $"The spectrum window of image {k} starts at row {rows[k]}, column {columns[k]}, and {height}×{width} "
                        + $"pixels from there leave the object's {objectHeight}×{objectWidth}; "
                        + "use a larger object (more upsampling), or leave the image out.",
                    nameof(directions)
                );
        }
        (Rows, Columns) = (rows, columns);
    }

    public int Height { get; }

    public int Width { get; }

    public int ObjectHeight { get; }

    public int ObjectWidth { get; }

    /// <summary>First row of each image's window.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>First column of each image's window.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>A disk of radius NA·field/λ times exp(+i z k_z), zero frequency in the centre.</summary>
    public ComplexField IdealPupil()
    {
        var pupil = new ComplexField(Height, Width);
        var cutoff = _optics.NumericalAperture / _optics.Wavelength;
        ForEachFrequency(
            (i, fy, fx) =>
            {
                if (fy * fy + fx * fx >= cutoff * cutoff)
                    return;
                var fz = Math.Sqrt(1 / (_optics.Wavelength * _optics.Wavelength) - fy * fy - fx * fx);
                var (sin, cos) = Math.SinCos(2 * Math.PI * _optics.Defocus * fz);
                pupil.Real[i] = (float)cos;
                pupil.Imaginary[i] = (float)sin;
            }
        );
        return pupil;
    }

    /// <summary>1 within margin·(the aperture's radius) + 1 pixel, 0 outside, zero frequency in the centre.</summary>
    public float[] PupilSupport(double margin)
    {
        var support = new float[Height * Width];
        var cutoff = margin * _optics.NumericalAperture / _optics.Wavelength;
        var (limitY, limitX) = (cutoff + 1 / _fieldY, cutoff + 1 / _fieldX);
        ForEachFrequency(
            (i, fy, fx) =>
            {
                var (y, x) = (fy / limitY, fx / limitX);
                support[i] = y * y + x * x <= 1 ? 1 : 0;
            }
        );
        return support;
    }

    private void ForEachFrequency(Action<int, double, double> action)
    {
        for (var row = 0; row < Height; row++)
        for (var column = 0; column < Width; column++)
            action(row * Width + column, (row - Height / 2) / _fieldY, (column - Width / 2) / _fieldX);
    }

    private int FirstPixel(double shift, int spectrum, int window) =>
        spectrum / 2 + (int)Math.Round(shift / _optics.Wavelength) - window / 2;
}
