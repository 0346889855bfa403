using System.CommandLine;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Training;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.PostProcessing;
using static TorchSharp.torch;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>train-unet: the networks of the third baseline, one for each overlap.</summary>
internal static class TrainUNetCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var budget = New(
            "--budget",
            "Compact or Medium, minutes on a CPU core, or Paper, for a GPU.",
            UNetBudget.Compact
        );
        var overlaps = New("--overlaps", "Overlaps in percent; the paper's seven by default.", Plan.PaperOverlaps);
        overlaps.AllowMultipleArgumentsPerToken = true;
        var iterations = New("--awf-iterations", "Iterations of AWF before the network.", 100);
        var threads = New("--threads", "Threads of libtorch and of AWF.", Environment.ProcessorCount);
        var seed = New("--seed", "Seed of weights, crops, counts and order.", 0UL);
        OptionChecks.RequireBetween(overlaps, 0, 95);
        OptionChecks.RequireBetween(iterations, 1, 100_000);
        OptionChecks.RequireBetween(threads, 1, 1024);
        var command = new Command(
            "train-unet",
            "Trains the U-Net that corrects AWF, for each overlap; a run there is gone on with."
        )
        {
            budget,
            overlaps,
            iterations,
            threads,
            seed,
        };
        foreach (var option in common.Places)
            command.Options.Add(option);
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(
                    () =>
                    {
                        set_num_threads(arguments.GetValue(threads));
                        var options = arguments.GetValue(budget) switch
                        {
                            UNetBudget.Paper => UNetPostOptions.Paper,
                            UNetBudget.Medium => UNetPostOptions.Medium,
                            _ => UNetPostOptions.Compact,
                        };
                        var training = new UNetTraining(
                            common.Objects(arguments),
                            common.UNets(arguments),
                            options with
                            {
                                Seed = arguments.GetValue(seed),
                            },
                            arguments.GetValue(iterations),
                            arguments.GetValue(threads),
                            Console.Out
                        );
                        foreach (var overlap in arguments.GetRequiredValue(overlaps))
                            training.Run(overlap, cancellationToken);
                    },
                    "Stopped; the same command goes on from the last checkpoint."
                )
        );
        return command;
    }

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}

/// <summary>How much a U-Net is trained.</summary>
internal enum UNetBudget
{
    /// <summary>For a CPU.</summary>
    Compact,

    /// <summary>For a CPU and some patience.</summary>
    Medium,

    /// <summary>The paper's.</summary>
    Paper,
}
