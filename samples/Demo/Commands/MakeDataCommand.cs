using System.CommandLine;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Demo.Commands;

/// <summary>make-data: how the committed measurements were made.</summary>
internal static class MakeDataCommand
{
    public static Command Create()
    {
        var objects = new Option<string>("--objects")
        {
            Description = "Folder with aberration.npz, which samples/FourierPtychography makes.",
            Required = true,
        };
        var output = NewOption.Of(
            "--out",
            "Folder for the measurements.",
            Repository.PathTo("samples", "Demo", "data")
        );
        var crops = NewOption.Of("--crops", "Objects to draw.", 4);
        var overlaps = NewOption.Of("--overlaps", "Overlaps in percent.", (int[])[20, 50]);
        overlaps.AllowMultipleArgumentsPerToken = true;
        var seed = NewOption.Of("--seed", "Seed of places, angles, scales and counts.", 1UL);
        OptionChecks.RequireBetween(crops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(overlaps, 0, 95);
        var command = new Command("make-data", "Draws test objects and simulates their measurements.")
        {
            objects,
            output,
            crops,
            overlaps,
            seed,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                {
                    var files = DataMaker.Run(
                        arguments.GetRequiredValue(objects),
                        arguments.GetRequiredValue(output),
                        arguments.GetValue(crops),
                        arguments.GetRequiredValue(overlaps),
                        arguments.GetValue(seed),
                        cancellationToken
                    );
                    foreach (var file in files)
                        Console.WriteLine(file);
                })
        );
        return command;
    }
}
