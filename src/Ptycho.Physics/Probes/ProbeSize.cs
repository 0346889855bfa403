namespace Ptycho.Physics.Probes;

/// <summary>Measures of the width of a probe.</summary>
public static class ProbeSize
{
    /// <summary>
    /// The diameter in pixels of the disk about the centre of intensity that holds a fraction of the energy.
    /// </summary>
    /// <param name="probe">The probe; its modes' intensities are added.</param>
    /// <param name="fraction">Fraction of the energy, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside (0, 1).</exception>
    public static double EnergyDiameter(Probe probe, double fraction)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be in (0, 1).");
        var intensity = probe.Intensity();
        var (energy, row, column) = Centre(intensity, probe.Width);
        var radii = new double[intensity.Length];
        for (var i = 0; i < radii.Length; i++)
            radii[i] = double.Hypot(i / probe.Width - row, i % probe.Width - column);
        Array.Sort(radii, intensity);
        var (sum, index) = (0.0, 0);
        while (index < radii.Length - 1 && (sum += intensity[index]) < fraction * energy)
            index++;
        return 2 * radii[index];
    }

    private static (double Energy, double Row, double Column) Centre(float[] intensity, int width)
    {
        var (energy, row, column) = (0.0, 0.0, 0.0);
        for (var i = 0; i < intensity.Length; i++)
        {
            energy += intensity[i];
            row += (double)intensity[i] * (i / width);
            column += (double)intensity[i] * (i % width);
        }

        return (energy, row / energy, column / energy);
    }
}
