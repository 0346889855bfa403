namespace Ptycho.Physics.Files;

/// <summary>Whether a number can be a photon's energy in the unit that it is taken to have.</summary>
internal static class PhotonEnergy
{
    // From the far infrared, .01 eV, to hard gamma rays, 100 MeV: whoever is outside has another unit.
    private const double Least = 1e-5 * ExperimentGeometry.JoulesPerKiloelectronvolt;
    private const double Most = 1e5 * ExperimentGeometry.JoulesPerKiloelectronvolt;

    /// <param name="joules">The energy.</param>
    /// <param name="path">Where it was read.</param>
    /// <exception cref="InvalidDataException">It is that of no photon.</exception>
    public static double Require(double joules, string path) =>
        joules is >= Least and <= Most
            ? joules
            : throw new InvalidDataException(
                FormattableString.Invariant(
                    $"'{path}' was taken as {joules:g4} J, {joules / ExperimentGeometry.JoulesPerKiloelectronvolt:g4} keV, which no photon has: is it in another unit, or none of a photon? Give it by {nameof(ImportOptions)}.{nameof(ImportOptions.Geometry)}."
                )
            );
}
