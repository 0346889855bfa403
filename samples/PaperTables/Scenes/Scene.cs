using System.Globalization;

namespace Ptycho.Samples.PaperTables.Scenes;

/// <summary>The conditions of a measurement, without the object.</summary>
/// <param name="Probe">A name of <see cref="Probes"/>.</param>
/// <param name="Scan">A name of <see cref="Scans"/>.</param>
/// <param name="Overlap">Nominal overlap of neighbouring windows, percent.</param>
/// <param name="PeakCounts">Expected counts of the brightest pixel of the scan.</param>
internal sealed record Scene(string Probe, string Scan, int Overlap, double PeakCounts)
{
    /// <summary>A name for files and messages.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Probe}-{Scan}-{Overlap}-{PeakCounts:G}");
}
