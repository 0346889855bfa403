using Ptycho.Physics.Measurements;

namespace Ptycho.Samples.Demo.Scenes;

/// <summary>Makes the demo's measurements: crops of the test object in the standard simulation.</summary>
internal static class DataMaker
{
    /// <summary>Writes crops × overlaps files.</summary>
    /// <param name="objects">Folder with aberration.npz, which samples/FourierPtychography makes.</param>
    /// <param name="output">The folder to write to; created if it does not exist.</param>
    /// <param name="crops">Crops.</param>
    /// <param name="overlaps">Overlaps in percent.</param>
    /// <param name="seed">Seed of places, angles, scales and counts.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The files written.</returns>
    public static IReadOnlyList<string> Run(
        string objects,
        string output,
        int crops,
        IReadOnlyList<int> overlaps,
        ulong seed,
        CancellationToken cancellationToken
    )
    {
        var source = new TestCrops(objects, seed);
        Directory.CreateDirectory(output);
        var files = new List<string>();
        for (var crop = 1; crop <= crops; crop++)
        {
            var truth = source.Take(crop);
            foreach (var overlap in overlaps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var noiseSeed = StandardSimulation.NoiseSeed(seed, crop, overlap);
                var measurement = StandardSimulation.Measure(truth, overlap, noiseSeed);
                var scene = new DemoScene(overlap, crop, measurement, truth);
                files.Add(Path.Combine(output, scene.Name + ".npz"));
                MeasurementFile.Write(files[^1], scene.Measurement, truth, compress: true);
            }
        }
        return files;
    }
}
