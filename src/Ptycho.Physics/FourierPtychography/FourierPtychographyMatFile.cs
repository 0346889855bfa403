using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Matlab;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// Reads Fourier ptychography measurements in the form of the SmartImagingLabUConn/Fourier-Ptychography data: imlow_HDR
/// [h, w, N] amplitudes in the order of the LED spiral, wlength (m), z (m), xint and yint (mm), theta (degrees), and
/// aberration, the pupil [h, w] or one number for none.
/// </summary>
public static class FourierPtychographyMatFile
{
    /// <summary>The numerical aperture of the public data's 2× objective.</summary>
    public const double DefaultNumericalAperture = 0.1;

    /// <summary>The sample-plane pixel of the public data, m.</summary>
    public const double DefaultPixelSize = 1.845e-6;

    /// <summary>Reads a MAT 5 file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="numericalAperture">Of the objective; the file doesn't tell it.</param>
    /// <param name="pixelSize">Camera pixel over magnification, m; the file doesn't tell it.</param>
    /// <param name="array">The LED array; its offset and rotation are taken from the file. Null for the public data's.</param>
    /// <exception cref="InvalidDataException">A variable is missing or wrong; the message names file and variable.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static FourierPtychographyData Read(
        string path,
        double numericalAperture = DefaultNumericalAperture,
        double pixelSize = DefaultPixelSize,
        LedArray? array = null
    ) => FromArrays(MatFile.Read(path), path, numericalAperture, pixelSize, array);

    /// <summary>Takes a measurement from variables that were read already.</summary>
    /// <param name="arrays">The file's variables by name.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <param name="numericalAperture">Of the objective.</param>
    /// <param name="pixelSize">Camera pixel over magnification, m.</param>
    /// <param name="array">The LED array, as for <see cref="Read"/>.</param>
    /// <exception cref="InvalidDataException">A variable is missing or wrong.</exception>
    public static FourierPtychographyData FromArrays(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string name,
        double numericalAperture = DefaultNumericalAperture,
        double pixelSize = DefaultPixelSize,
        LedArray? array = null
    )
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var images = Find(arrays, "imlow_HDR", name);
        if (images.Shape.Length is not (2 or 3) || images.Length == 0 || ElementTypes.IsComplex(images.ElementType))
            throw Invalid(name, "imlow_HDR", $"is {images}; real images [height, width, N] are needed");
        var (height, width) = (images.Shape[0], images.Shape[1]);
        var count = images.Shape.Length == 3 ? images.Shape[2] : 1;
        var leds = (array ?? new LedArray()) with
        {
            OffsetX = 1e-3 * Number(arrays, "xint", name),
            OffsetY = 1e-3 * Number(arrays, "yint", name),
            Rotation = double.DegreesToRadians(Number(arrays, "theta", name)),
        };
        try
        {
            var optics = new FourierPtychographyOptics
            {
                Wavelength = Number(arrays, "wlength", name),
                NumericalAperture = numericalAperture,
                PixelSize = pixelSize,
                Defocus = Number(arrays, "z", name),
            };
            return new FourierPtychographyData(
                ImagesFirst(images.ToSingle(), height * width, count),
                height,
                width,
                leds.SpiralDirections(count),
                optics,
                Pupil(Find(arrays, "aberration", name), name)
            );
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"'{name}': {e.Message}", e);
        }
    }

    private static ComplexField? Pupil(NumericArray aberration, string name)
    {
        if (aberration.Length == 1)
            return null;
        if (aberration.Shape.Length != 2 || aberration.Length == 0)
            throw Invalid(name, "aberration", $"is {aberration}; a pupil [height, width] or one number is needed");
        return aberration.ToComplexField();
    }

    private static NumericArray Find(IReadOnlyDictionary<string, NumericArray> arrays, string key, string name) =>
        arrays.TryGetValue(key, out var value)
            ? value
            : throw new InvalidDataException(
                $"'{name}': the variable '{key}' is missing; the file has "
                    + (arrays.Count == 0 ? "no numeric variables." : $"{string.Join(", ", arrays.Keys)}.")
            );

    private static double Number(IReadOnlyDictionary<string, NumericArray> arrays, string key, string name)
    {
        var value = Find(arrays, key, name);
        if (value.Length != 1 || ElementTypes.IsComplex(value.ElementType))
            throw Invalid(name, key, $"is {value}; one real number is needed");
        var number = value.ToDouble()[0];
        return double.IsFinite(number)
            ? number
            : throw Invalid(name, key, $"is {number.ToString(CultureInfo.InvariantCulture)}; it must be finite");
    }

    private static InvalidDataException Invalid(string name, string key, string problem) =>
        new($"'{name}': the variable '{key}' {problem}.");

    private static float[] ImagesFirst(float[] values, int pixels, int count)
    {
        var result = new float[values.Length];
        for (var i = 0; i < pixels; i++)
        for (var k = 0; k < count; k++)
            result[k * pixels + i] = values[i * count + k];
        return result;
    }
}
