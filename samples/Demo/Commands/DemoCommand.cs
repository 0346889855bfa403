using System.CommandLine;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Demo.Commands;

/// <summary>The default command: reconstruct, compare, write.</summary>
internal static class DemoCommand
{
    public static RootCommand Create()
    {
        var data = NewOption.Of("--data", "Folder of measurements.", Repository.PathTo("samples", "Demo", "data"));
        var model = NewOption.Of(
            "--model",
            "The diffusion prior.",
            Repository.PathTo("models", "blood-smear-compact.safetensors")
        );
        var output = NewOption.Of("--out", "Folder for results.", Repository.PathTo("artifacts", "demo"));
        var crops = new Option<int>("--crops")
        {
            Description = "How many of the crops are reconstructed; all by default.",
        };
        var overlaps = NewOption.Of<int[]>(
            "--overlaps",
            "Which overlaps in percent, such as 20 50; all by default.",
            []
        );
        overlaps.AllowMultipleArgumentsPerToken = true;
        var steps = NewOption.Of("--dps-steps", "Guided steps of each DPS reconstruction.", 40);
        var full = NewOption.Of(
            "--dps-full",
            "DPS with the paper's budget: 10,900 guided steps each, for hours.",
            false
        );
        var seed = NewOption.Of("--seed", "Seed of every solver's random numbers.", 0UL);
        var threads = NewOption.Of(
            "--threads",
            "Threads of libtorch; all cores by default.",
            Environment.ProcessorCount
        );
        OptionChecks.RequireBetween(crops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(overlaps, 0, 99);
        OptionChecks.RequireBetween(steps, 2, 1000);
        OptionChecks.RequireBetween(threads, 1, 1024);
        OptionChecks.Exclude(steps, full);

        var command = new RootCommand(
            "Reconstructs simulated measurements of blood smears with rPIE, AWF, the annealed posterior solver and DPS, "
                + "and compares the results with the truth."
        )
        {
            data,
            model,
            output,
            crops,
            overlaps,
            steps,
            full,
            threads,
            seed,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
            {
                var settings = new DemoSettings
                {
                    Data = arguments.GetRequiredValue(data),
                    Model = arguments.GetRequiredValue(model),
                    Output = arguments.GetRequiredValue(output),
                    Crops = arguments.GetResult(crops) is null ? null : arguments.GetValue(crops),
                    Overlaps = arguments.GetRequiredValue(overlaps),
                    DpsSteps = arguments.GetValue(steps),
                    DpsFull = arguments.GetValue(full),
                    Threads = arguments.GetValue(threads),
                    Seed = arguments.GetValue(seed),
                };
                return Guarded.Run(() => DemoRun.Run(settings, cancellationToken));
            }
        );
        return command;
    }
}
