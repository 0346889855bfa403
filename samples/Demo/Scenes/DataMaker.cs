using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Samples.Demo.Scenes;

/// <summary>
/// Makes the demo's measurements: crops of the test object, the right half of blood_aberration, which no prior was
/// trained on, under the standard probe, with at most 1e5 counts in a pixel.
/// </summary>
internal static class DataMaker
{
    private const string ObjectFile = "aberration.npz";
    private const int ObjectSize = 512;
    private const int CropSize = 128;
    private const double PeakCounts = 1e5;
    private static readonly ImageRegion TestRegion = new(0, 256, 512, 256);

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
        var sampler = new CropSampler(
            [new CropImage("aberration", LoadObject(objects), [TestRegion])],
            new CropSamplerOptions { Seed = seed, Flip = false }
        );
        Directory.CreateDirectory(output);
        var files = new List<string>();
        for (var crop = 1; crop <= crops; crop++)
        {
            var truth = sampler.Sample((ulong)crop, CropSize).Field;
            foreach (var overlap in overlaps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var noiseSeed = seed + (ulong)(1000 * crop + overlap);
                var scene = new DemoScene(overlap, crop, Simulate(truth, overlap, noiseSeed), truth);
                files.Add(Path.Combine(output, scene.Name + ".npz"));
                MeasurementFile.Write(files[^1], scene.Measurement, truth, compress: true);
            }
        }
        return files;
    }

    private static Measurement Simulate(ComplexField truth, int overlap, ulong seed)
    {
        var probe = SyntheticProbes.StandardH();
        var step = RasterScan.StepFromOverlap(overlap / 100.0, probe.Width);
        var scan = RasterScan.Clamped(truth.Height, truth.Width, probe.Height, probe.Width, step);
        return DiffractionSimulator.Simulate(truth, probe, scan, PeakCounts, seed);
    }

    private static ComplexField LoadObject(string folder)
    {
        var path = Path.Combine(folder, ObjectFile);
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' does not exist; samples/FourierPtychography makes it.");
        if (!NpzFile.Read(path).TryGetValue("object", out var array))
            throw new InvalidDataException($"{path}: the key 'object' is missing.");
        var field = array.ToComplexField();
        if (field.Height != ObjectSize || field.Width != ObjectSize)
            throw new InvalidDataException(
                $"{path}: 'object' is {field.Height}×{field.Width}; its test region is defined for {ObjectSize}×{ObjectSize}."
            );
        return field;
    }
}
