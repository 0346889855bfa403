using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Samples.Shared.Scenes;

/// <summary>The measurement that samples simulate: probe H, 32×32 pixels, on a raster whose windows lie in the object.</summary>
public static class Simulation
{
    /// <param name="truth">The object.</param>
    /// <param name="overlap">Overlap of neighbouring windows, percent.</param>
    /// <param name="peakCounts">Expected counts of the brightest pixel.</param>
    /// <param name="seed">Seed of the counts.</param>
    public static Measurement Measure(ComplexField truth, int overlap, double peakCounts, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(truth);
        var probe = SyntheticProbes.StandardH();
        var step = RasterScan.StepFromOverlap(overlap / 100.0, probe.Width);
        var scan = RasterScan.Clamped(truth.Height, truth.Width, probe.Height, probe.Width, step);
        return DiffractionSimulator.Simulate(truth, probe, scan, peakCounts, seed);
    }
}
