using System.Collections.Concurrent;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Simulation;
using Ptycho.Samples.Demo.Scenes;

namespace Ptycho.Samples.PaperTables.Scenes;

/// <summary>One object measured under some conditions.</summary>
internal sealed record Trial(Scene Scene, int Crop, Measurement Measurement, ComplexField Truth);

/// <summary>Measures test crops. Safe to use from several threads.</summary>
internal sealed class Laboratory(string objects, ulong seed)
{
    private readonly TestCrops _crops = new(objects, seed);
    private readonly ConcurrentDictionary<int, ComplexField> _truths = new();

    /// <summary>
    /// Crop number <paramref name="crop"/>, from 1, under these conditions. Objects and counts depend on the seed, the
    /// crop and the overlap alone: at other conditions the same object, and the first four crops of the demo.
    /// </summary>
    public Trial Measure(Scene scene, int crop)
    {
        var truth = _truths.GetOrAdd(crop, _crops.Take);
        var probe = Probes.Create(scene.Probe);
        var scan = Scans.Create(scene.Scan, probe, scene.Overlap);
        var noise = StandardSimulation.NoiseSeed(seed, crop, scene.Overlap);
        var measurement = DiffractionSimulator.Simulate(truth, probe, scan, scene.PeakCounts, noise);
        return new Trial(scene, crop, measurement, truth);
    }
}
