using System.Globalization;
using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files;

/// <summary>The zero frequency from NeXus's <c>beam_center_x</c> and <c>beam_center_y</c>, lengths on the detector.</summary>
internal static class NexusBeamCentre
{
    /// <summary>The options with the pixel of the zero frequency, where the file has one and they do not.</summary>
    public static ImportOptions Apply(Hdf5File file, string entry, ImportOptions options, List<string> notes)
    {
        var detector = new CxiEntry(file, entry).Detector;
        var (xPath, yPath) = ($"{detector}/beam_center_x", $"{detector}/beam_center_y");
        if (options.ZeroFrequency is not null || !HasUnit(file, xPath) || !HasUnit(file, yPath))
            return options;
        var x =
            Hdf5Numbers.Require(file, xPath)
            * SiUnit.Length(file, xPath)
            / PixelSize(file, $"{detector}/x_pixel_size", options.Geometry?.DetectorPixelWidth);
        var y =
            Hdf5Numbers.Require(file, yPath)
            * SiUnit.Length(file, yPath)
            / PixelSize(file, $"{detector}/y_pixel_size", options.Geometry?.DetectorPixelHeight);
        if (!(Math.Abs(x) < int.MaxValue && Math.Abs(y) < int.MaxValue))
            throw new InvalidDataException(
                FormattableString.Invariant(
                    $"'{xPath}', '{yPath}': the beam's centre is at pixel (x {x}, y {y}), far off any detector."
                )
            );
        notes.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The beam's centre, pixel (x {x:g6}, y {y:g6}), was rounded to whole pixels."
            )
        );
        return options with { ZeroFrequency = ((int)Math.Round(y), (int)Math.Round(x)) };
    }

    private static double PixelSize(Hdf5File file, string path, double? given) =>
        given ?? Hdf5Numbers.Require(file, path) * SiUnit.Length(file, path);

    // Without a unit some programs mean pixels.
    private static bool HasUnit(Hdf5File file, string path) =>
        file.IsDataset(path) && file.ReadTextAttribute(path, "units") is { Length: > 0 };
}
