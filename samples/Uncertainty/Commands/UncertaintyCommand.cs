using System.CommandLine;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Uncertainty.Commands;

/// <summary>Samples the posterior of some objects and looks whether the error bars are honest.</summary>
internal static class UncertaintyCommand
{
    public static RootCommand Create()
    {
        var output = NewOption.Of("--out", "Folder for results.", Repository.PathTo("artifacts", "uncertainty"));
        var force = NewOption.Of("--force", "Replace results that are there.", false);
        var prior = NewOption.Of(
            "--prior",
            "The prior.",
            Repository.PathTo("models", "blood-smear-compact.safetensors")
        );
        var objects = NewOption.Of<string?>(
            "--objects",
            "Folder of recovered blood-smear objects, for real crops of the validation block; phantoms by default.",
            null
        );
        var count = NewOption.Of("--count", "Objects; the first half fits the factor, the others are reported.", 4);
        var size = NewOption.Of("--size", "Pixels on a side of an object, a multiple of 16.", 128);
        var overlap = NewOption.Of("--overlap", "Overlap of neighbouring windows, percent.", 20);
        var chains = NewOption.Of("--samples", "Samples of each object.", 16);
        var levels = NewOption.Of("--levels", "Noise levels, an evaluation of the network each.", 50);
        var threads = NewOption.Of(
            "--threads",
            "Threads of libtorch; all cores by default.",
            Environment.ProcessorCount
        );
        var seed = NewOption.Of("--seed", "Seed of all random numbers.", 0UL);
        OptionChecks.RequireBetween(count, 1, 1000);
        OptionChecks.RequireBetween(size, 48, 256);
        OptionChecks.RequireBetween(overlap, 0, 95);
        OptionChecks.RequireBetween(chains, 2, 1000);
        OptionChecks.RequireBetween(levels, 2, 1000);
        OptionChecks.RequireBetween(threads, 1, 1024);
        var command = new RootCommand(
            "Draws objects from the posterior of simulated measurements: their mean, their standard deviation, and how "
                + "often the truth lies within the error bars. After Ctrl-C the same command goes on with the next object."
        )
        {
            output,
            force,
            prior,
            objects,
            count,
            size,
            overlap,
            chains,
            levels,
            threads,
            seed,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(
                    () =>
                        UncertaintyRun.Run(
                            new Settings
                            {
                                Output = arguments.GetRequiredValue(output),
                                Force = arguments.GetValue(force),
                                Prior = arguments.GetRequiredValue(prior),
                                Objects = arguments.GetValue(objects),
                                Count = arguments.GetValue(count),
                                Size = arguments.GetValue(size),
                                Overlap = arguments.GetValue(overlap),
                                Chains = arguments.GetValue(chains),
                                Levels = arguments.GetValue(levels),
                                Threads = arguments.GetValue(threads),
                                Seed = arguments.GetValue(seed),
                            },
                            cancellationToken
                        ),
                    "Stopped; objects that were finished are kept, and the same command goes on from there."
                )
        );
        return command;
    }
}
