using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Samples.Demo.Scenes;

/// <summary>The standard simulation: probe H, a raster whose windows lie inside the object, 1e5 counts in a pixel.</summary>
internal static class StandardSimulation
{
    /// <summary>Counts of the brightest pixel.</summary>
    public const double PeakCounts = 1e5;

    /// <summary>The raster of an overlap in percent, rounded to whole steps.</summary>
    public static ScanPattern Raster(Probe probe, int overlap) =>
        RasterScan.Clamped(TestCrops.Size, TestCrops.Size, probe.Height, probe.Width, Step(probe, overlap));

    /// <summary>The step of an overlap in percent, pixels.</summary>
    public static int Step(Probe probe, int overlap) => RasterScan.StepFromOverlap(overlap / 100.0, probe.Width);

    /// <summary>The seed of the counts of one crop at one overlap.</summary>
    public static ulong NoiseSeed(ulong seed, int crop, int overlap) => seed + (ulong)(1000 * crop + overlap);

    public static Measurement Measure(ComplexField truth, int overlap, ulong noiseSeed)
    {
        var probe = SyntheticProbes.StandardH();
        return DiffractionSimulator.Simulate(truth, probe, Raster(probe, overlap), PeakCounts, noiseSeed);
    }
}
