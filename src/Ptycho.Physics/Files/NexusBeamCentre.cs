using System.Globalization;
using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files;

/// <summary>
/// The zero frequency from NeXus's <c>beam_center_x</c> and <c>beam_center_y</c> (NXdetector): lengths on the detector, or
/// pixels where their unit says so, counted from the detector's reference point, which is the centre of its first pixel. A
/// whole number of pixels is that pixel's centre; between two pixels the nearer one is taken, and half-way the second, which
/// is [⌊h/2⌋, ⌊w/2⌋] for a beam in the middle of a detector of even sides.
/// </summary>
internal static class NexusBeamCentre
{
    // Single precision and the division by a pixel's size leave a half some millionths short.
    private const double HalfwayTolerance = 1e-3;

    /// <summary>The options with the pixel of the zero frequency, where the file has one and they do not.</summary>
    public static ImportOptions Apply(Hdf5File file, string entry, ImportOptions options, List<string> notes)
    {
        var detector = new CxiEntry(file, entry).Detector;
        var (xPath, yPath) = ($"{detector}/beam_center_x", $"{detector}/beam_center_y");
        if (options.ZeroFrequency is not null || !HasUnit(file, xPath) || !HasUnit(file, yPath))
            return options;
        var x = Pixels(file, xPath, $"{detector}/x_pixel_size", options.Geometry?.DetectorPixelWidth);
        var y = Pixels(file, yPath, $"{detector}/y_pixel_size", options.Geometry?.DetectorPixelHeight);
        if (!(Math.Abs(x) < int.MaxValue && Math.Abs(y) < int.MaxValue))
            throw new InvalidDataException(
                FormattableString.Invariant(
                    $"'{xPath}', '{yPath}': the beam's centre is at pixel (x {x}, y {y}), far off any detector."
                )
            );
        var (column, row) = (Nearest(x), Nearest(y));
        notes.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The beam's centre, pixel (x {x:g6}, y {y:g6}) from the centre of the first one, was taken as the whole pixel "
                    + $"(x {column}, y {row})."
            )
        );
        return options with { ZeroFrequency = (row, column) };
    }

    private static int Nearest(double pixel) => (int)Math.Floor(pixel + 0.5 + HalfwayTolerance);

    private static double Pixels(Hdf5File file, string path, string sizePath, double? size)
    {
        var value = Hdf5Numbers.Require(file, path);
        return SiUnit.IsPixels(file, path)
            ? value
            : value
                * SiUnit.Length(file, path)
                / (size ?? Hdf5Numbers.Require(file, sizePath) * SiUnit.Length(file, sizePath));
    }

    // Without a unit, which the definition demands, some programs mean pixels.
    private static bool HasUnit(Hdf5File file, string path) =>
        file.IsDataset(path) && file.ReadTextAttribute(path, "units") is { Length: > 0 };
}
