using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files;

/// <summary>What one of a dataset's unit, its attribute <c>units</c>, is in the SI.</summary>
internal static class SiUnit
{
    private const double JoulesPerElectronvolt = ExperimentGeometry.JoulesPerKiloelectronvolt / 1000;

    /// <summary>Metres; a dataset without the attribute is in metres.</summary>
    public static double Length(Hdf5File file, string path) =>
        Find(file, path) switch
        {
            null or "" or "m" or "metre" or "meter" => 1,
            "mm" => 1e-3,
            "um" or "µm" or "μm" or "micron" or "microns" => 1e-6,
            "nm" => 1e-9,
            "pm" => 1e-12,
            "angstrom" or "Angstrom" or "Å" => 1e-10,
            var unit => throw Unknown(path, unit, "a length (m, mm, um, nm, pm, angstrom)"),
        };

    /// <summary>Whether a place on the detector is in pixels.</summary>
    public static bool IsPixels(Hdf5File file, string path) => Find(file, path) is "pixel" or "pixels" or "px";

    /// <summary>Joules; a dataset without the attribute is in joules.</summary>
    public static double Energy(Hdf5File file, string path) =>
        Find(file, path) switch
        {
            null or "" or "J" or "joule" => 1,
            "eV" => JoulesPerElectronvolt,
            "keV" => ExperimentGeometry.JoulesPerKiloelectronvolt,
            var unit => throw Unknown(path, unit, "an energy (J, eV, keV)"),
        };

    private static string? Find(Hdf5File file, string path) => file.ReadTextAttribute(path, "units")?.Trim();

    private static InvalidDataException Unknown(string path, string unit, string wanted) =>
        new($"'{path}' has the unit '{unit}', which is not known as {wanted}.");
}
