using System.CommandLine;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Uncertainty.Commands;

/// <summary>Samples the posterior of some objects and looks whether the error bars are honest.</summary>
internal static class UncertaintyCommand
{
    public static RootCommand Create()
    {
        var run = new RunOptions(
            Repository.PathTo("artifacts", "uncertainty"),
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
        OptionChecks.RequireBetween(count, 1, 1000);
        OptionChecks.RequireBetween(size, 48, 256);
        OptionChecks.RequireBetween(overlap, 0, 95);
        OptionChecks.RequireBetween(chains, 2, 1000);
        OptionChecks.RequireBetween(levels, 2, 1000);
        var command = new RootCommand(
            "Draws objects from the posterior of simulated measurements: their mean, their standard deviation, and how "
                + "often the truth lies within the error bars. After Ctrl-C the same command goes on."
        )
        {
            objects,
            count,
            size,
            overlap,
            chains,
            levels,
        };
        run.AddTo(command);
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(
                    () =>
                        UncertaintyRun.Run(
                            new Settings
                            {
                                Run = run.Read(arguments),
                                Objects = arguments.GetValue(objects),
                                Count = arguments.GetValue(count),
                                Size = arguments.GetValue(size),
                                Overlap = arguments.GetValue(overlap),
                                Chains = arguments.GetValue(chains),
                                Levels = arguments.GetValue(levels),
                            },
                            cancellationToken
                        ),
                    "Stopped; what was done is kept, and the same command goes on from there."
                )
        );
        return command;
    }
}
