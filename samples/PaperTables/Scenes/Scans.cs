using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Samples.Demo.Scenes;

namespace Ptycho.Samples.PaperTables.Scenes;

/// <summary>The scans of the experiments by name.</summary>
internal static class Scans
{
    public const string Raster = "raster";
    public const string Jittered = "jittered";
    public const string Spiral = "spiral";
    public const string Overhanging = "overhanging";

    /// <summary>Largest move of a jittered position on each axis, pixels.</summary>
    public const double Jitter = 4;

    private const ulong JitterSeed = 20;

    public static IReadOnlyList<string> Names { get; } = [Raster, Jittered, Spiral, Overhanging];

    /// <exception cref="ArgumentException">The name is not known, or no spiral has as many positions.</exception>
    public static ScanPattern Create(string name, Probe probe, int overlap)
    {
        const int Size = TestCrops.Size;
        var raster = StandardSimulation.Raster(probe, overlap);
        return name switch
        {
            Raster => raster,
            Jittered => raster.Jittered(Jitter, JitterSeed).Rounded().Clamped(Size, Size, probe.Height, probe.Width),
            Spiral => SpiralWith(raster.Count, probe).Rounded(),
            Overhanging => RasterScan.Overhanging(
                Size,
                Size,
                probe.Height,
                probe.Width,
                StandardSimulation.Step(probe, overlap)
            ),
            _ => throw new ArgumentException(
                $"There is no scan '{name}', only {string.Join(", ", Names)}.",
                nameof(name)
            ),
        };
    }

    /// <summary>The widest Fermat spiral with a given number of positions inside the object.</summary>
    private static ScanPattern SpiralWith(int positions, Probe probe)
    {
        const int Size = TestCrops.Size;
        for (var tenths = 10 * Size; tenths >= 5; tenths--)
        {
            var spiral = SpiralScan.Fermat(Size, Size, probe.Height, probe.Width, tenths / 10.0);
            if (spiral.Count == positions)
                return spiral;
        }
        throw new ArgumentException($"No Fermat spiral has {positions} positions in the object.", nameof(positions));
    }
}
