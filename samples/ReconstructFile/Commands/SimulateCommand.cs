using System.CommandLine;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Shared.Results;
using Ptycho.Samples.Shared.Scenes;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>simulate: a measurement of a phantom, for those who have no file at hand.</summary>
internal static class SimulateCommand
{
    // Soft X-rays such that an object pixel is 20 nm: what CXI needs, and of no consequence for the simulation.
    private static readonly ExperimentGeometry s_geometry = new()
    {
        Energy = 0.8 * ExperimentGeometry.JoulesPerKiloelectronvolt,
        Distance = 0.02,
        DetectorPixelHeight = 48.4e-6,
        DetectorPixelWidth = 48.4e-6,
    };

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to write: .npz or .cxi." };
        var size = NewOption.Of("--size", "Pixels on a side of the object.", 128);
        var overlap = NewOption.Of("--overlap", "Overlap of neighbouring windows, percent.", 50);
        var counts = NewOption.Of("--counts", "Expected counts of the brightest pixel.", 100_000);
        var seed = NewOption.Of("--seed", "Seed of object and counts.", 0UL);
        var alone = NewOption.Of(
            "--object",
            "Write the object alone, as an image that a prior can be trained on.",
            false
        );
        var force = NewOption.Of("--force", "Replace a file that is there.", false);
        OptionChecks.RequireBetween(size, 48, 4096);
        OptionChecks.RequireBetween(overlap, 0, 95);
        OptionChecks.RequireBetween(counts, 1, int.MaxValue);
        var command = new Command("simulate", "Writes a measurement of a phantom, with the object as its truth (npz).")
        {
            file,
            size,
            overlap,
            counts,
            seed,
            alone,
            force,
        };
        command.SetAction(
            (arguments, _) =>
                Guarded.Run(() =>
                {
                    var path = arguments.GetRequiredValue(file);
                    var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
                    OutputFolder.Prepare(folder, [Path.GetFileName(path)], arguments.GetValue(force));
                    if (arguments.GetValue(alone))
                        WriteObject(path, arguments.GetValue(size), arguments.GetValue(seed));
                    else
                        Write(
                            path,
                            arguments.GetValue(size),
                            arguments.GetValue(overlap),
                            arguments.GetValue(counts),
                            arguments.GetValue(seed)
                        );
                    Console.WriteLine(path);
                })
        );
        return command;
    }

    private static void WriteObject(string path, int size, ulong seed) =>
        NpzFile.Write(
            path,
            new Dictionary<string, NumericArray>
            {
                ["object"] = NumericArray.FromComplexField(BloodSmearPhantom.Create(size, size, seed)),
            }
        );

    private static void Write(string path, int size, int overlap, int counts, ulong seed)
    {
        var truth = BloodSmearPhantom.Create(size, size, seed);
        var measurement = Simulation.Measure(truth, overlap, counts, seed + 1);
        if (path.EndsWith(".cxi", StringComparison.OrdinalIgnoreCase))
            CxiFile.Write(path, measurement, s_geometry);
        else if (path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            MeasurementFile.Write(path, measurement, truth, compress: true);
        else
            throw new ArgumentException($"'{path}' must end in .npz or .cxi.");
    }
}
