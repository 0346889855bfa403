using System.CommandLine;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>The default command: read, check, reconstruct, report.</summary>
internal static class ReconstructCommand
{
    public static RootCommand Create()
    {
        var file = new Argument<string>("file") { Description = "The measurement: .npz, .cxi, .h5, .nxs or .ptyd." };
        var output = NewOption.Of("--out", "Folder for results.", Path.Combine("artifacts", "reconstruction"));
        var force = NewOption.Of("--force", "Replace results that are there.", false);
        var probe = NewOption.Of<string?>(
            "--probe",
            "An npz or npy file with the probe, instead of the measurement's.",
            null
        );
        var solver = NewOption.Of(
            "--solver",
            "Auto is annealed where a prior is given, else rPIE where probe or positions are unknown, else AWF.",
            SolverKind.Auto
        );
        var prior = NewOption.Of<string?>("--prior", "The prior of annealed and DPS, a safetensors file.", null);
        var quality = NewOption.Of("--quality", "Time for the annealed solver.", Quality.Default);
        var iterations = NewOption.Of("--iterations", "Iterations of rPIE or AWF.", 300);
        var steps = NewOption.Of("--steps", "Guided steps of DPS, without time travel.", 1000);
        var refine = NewOption.Of("--refine-probe", "The probe is only roughly known: refine it.", false);
        var correct = NewOption.Of("--correct-positions", "The positions are only roughly known: correct them.", false);
        var rings = NewOption.Of("--frc", "Reconstruct two halves of the frames too, for the resolution.", false);
        var every = NewOption.Of("--checkpoint-every", "Iterations of rPIE or AWF between checkpoints.", 50);
        var anyway = NewOption.Of("--anyway", "Go on where the check of the data would refuse.", false);
        var checkOnly = NewOption.Of("--check-only", "Only check the data.", false);
        var threads = NewOption.Of(
            "--threads",
            "Threads of libtorch; all cores by default.",
            Environment.ProcessorCount
        );
        var seed = NewOption.Of("--seed", "Seed of all random numbers.", 0UL);
        OptionChecks.RequireBetween(iterations, 1, 1_000_000);
        OptionChecks.RequireBetween(steps, 2, 1000);
        OptionChecks.RequireBetween(every, 1, 1_000_000);
        OptionChecks.RequireBetween(threads, 1, 1024);

        var import = new ImportFlags();
        var command = new RootCommand(
            "Reconstructs a measurement in a file of your own: checks the data first, shows its progress, and writes "
                + "arrays (npz), a picture (PNG), a report (HTML) and a summary (JSON). After Ctrl-C the same command goes on."
        )
        {
            file,
            output,
            force,
            probe,
            solver,
            prior,
            quality,
            iterations,
            steps,
            refine,
            correct,
            rings,
            every,
            anyway,
            checkOnly,
            threads,
            seed,
        };
        foreach (var option in import.All)
            command.Options.Add(option);
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                    ReconstructRun.Run(
                        new Settings
                        {
                            File = arguments.GetRequiredValue(file),
                            Output = arguments.GetRequiredValue(output),
                            Force = arguments.GetValue(force),
                            Import = import.Read(arguments),
                            Probe = arguments.GetValue(probe),
                            Solver = arguments.GetValue(solver),
                            Prior = arguments.GetValue(prior),
                            Quality = arguments.GetValue(quality),
                            Iterations = arguments.GetValue(iterations),
                            Steps = arguments.GetValue(steps),
                            RefineProbe = arguments.GetValue(refine),
                            CorrectPositions = arguments.GetValue(correct),
                            Rings = arguments.GetValue(rings),
                            CheckpointEvery = arguments.GetValue(every),
                            Anyway = arguments.GetValue(anyway),
                            CheckOnly = arguments.GetValue(checkOnly),
                            Threads = arguments.GetValue(threads),
                            Seed = arguments.GetValue(seed),
                        },
                        cancellationToken
                    )
                )
        );
        return command;
    }
}
