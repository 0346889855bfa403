using System.CommandLine;

namespace Ptycho.Samples.Demo.Commands;

/// <summary>The default command: reconstruct, compare, write.</summary>
internal static class DemoCommand
{
    public static RootCommand Create()
    {
        var data = New("--data", "Folder of measurements.", Repository.PathTo("samples", "Demo", "data"));
        var model = New(
            "--model",
            "The diffusion prior.",
            Repository.PathTo("models", "blood-smear-compact.safetensors")
        );
        var output = New("--out", "Folder for results.", Repository.PathTo("artifacts", "demo"));
        var crops = New<int?>("--crops", "How many of the crops are reconstructed; all by default.", null);
        var overlaps = New<int[]>("--overlaps", "Which overlaps in percent, such as 20 50; all by default.", []);
        overlaps.AllowMultipleArgumentsPerToken = true;
        var steps = New("--dps-steps", "Guided steps of each DPS reconstruction.", 40);
        var full = New("--dps-full", "DPS with the paper's budget: 10,900 guided steps each, for hours.", false);
        var seed = New("--seed", "Seed of every solver's random numbers.", 0UL);
        var threads = New("--threads", "Threads of libtorch; all cores by default.", Environment.ProcessorCount);
        crops.Validators.Add(result => RequireAtLeast(result, crops, 1));
        steps.Validators.Add(result => RequireAtLeast(result, steps, 2));
        threads.Validators.Add(result => RequireAtLeast(result, threads, 1));
        steps.Validators.Add(result =>
        {
            if (result is { Implicit: false } && result.GetValue(full))
                result.AddError("--dps-steps and --dps-full exclude each other; give one of them.");
        });

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
                    Crops = arguments.GetValue(crops),
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

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static void RequireAtLeast<T>(System.CommandLine.Parsing.OptionResult result, Option<T> option, int least)
    {
        if (result.GetValue(option) is int value && value < least)
            result.AddError($"{option.Name} must be at least {least}, not {value}.");
    }
}
