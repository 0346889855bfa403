using System.CommandLine;
using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Scenes;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.LargeField.Commands;

/// <summary>The only command: simulate, reconstruct, look for seams, write.</summary>
internal static class LargeFieldCommand
{
    private const int LargestSize = 4096;

    public static RootCommand Create()
    {
        var objects = new Option<string?>("--objects")
        {
            Description = "Folder of recovered objects (samples/FourierPtychography makes it); a phantom without.",
        };
        var field = NewOption.Of(
            "--field",
            "Which object: Phantom, or from --objects the Validation block or the Test half, continued by reflection. "
                + "By default Test where --objects is given.",
            FieldKind.Phantom
        );
        var size = NewOption.Of("--size", "Pixels on the field's side.", 512);
        var overlap = NewOption.Of("--overlap", "Overlap of neighbouring probe windows, percent.", 20);
        var model = NewOption.Of(
            "--model",
            "The diffusion prior.",
            Repository.PathTo("models", "blood-smear-compact.safetensors")
        );
        var output = NewOption.Of("--out", "Folder for results.", Repository.PathTo("artifacts", "large-field"));
        var preset = NewOption.Of(
            "--preset",
            "Network evaluations of each window: Fast 20, Default 100, Best 400.",
            Preset.Default
        );
        var batch = NewOption.Of("--batch", "Windows of the prior in one call; it bounds the network's memory.", 8);
        var noTiles = NewOption.Of(
            "--no-tiles",
            "Leaves out the tiles that are reconstructed apart and stitched.",
            false
        );
        var control = NewOption.Of(
            "--control",
            "Runs the windows a second time with another grid: its error at the first run's lines has no seam there.",
            false
        );
        var seed = NewOption.Of("--seed", "Seed of the phantom, the counts and the solvers.", 0UL);
        var threads = NewOption.Of(
            "--threads",
            "Threads of libtorch; all cores by default.",
            Environment.ProcessorCount
        );
        OptionChecks.RequireBetween(size, 64, LargestSize);
        OptionChecks.RequireBetween(overlap, 0, 95);
        OptionChecks.RequireBetween(batch, 1, 1024);
        OptionChecks.RequireBetween(threads, 1, 1024);
        var command = new RootCommand(
            "Reconstructs a simulated field that is larger than the prior's crops: the whole field at once with a windowed "
                + "prior, and in tiles that are stitched; measures the error at the borders of windows and tiles."
        )
        {
            objects,
            field,
            size,
            overlap,
            model,
            output,
            preset,
            batch,
            noTiles,
            control,
            threads,
            seed,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
            {
                var folder = arguments.GetValue(objects);
                var settings = new LargeFieldSettings
                {
                    Objects = folder,
                    Field =
                        folder is not null && arguments.GetResult(field) is not { Implicit: false }
                            ? FieldKind.Test
                            : arguments.GetValue(field),
                    Size = arguments.GetValue(size),
                    Overlap = arguments.GetValue(overlap),
                    Model = arguments.GetRequiredValue(model),
                    Output = arguments.GetRequiredValue(output),
                    Preset = arguments.GetValue(preset),
                    Batch = arguments.GetValue(batch),
                    Tiles = !arguments.GetValue(noTiles),
                    Control = arguments.GetValue(control),
                    Threads = arguments.GetValue(threads),
                    Seed = arguments.GetValue(seed),
                };
                return Guarded.Run(() => LargeFieldRun.Run(settings, cancellationToken));
            }
        );
        return command;
    }
}
