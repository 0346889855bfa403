using System.CommandLine;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>The default command: read, check, reconstruct, report.</summary>
internal static class ReconstructCommand
{
    public static RootCommand Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "The measurement: .npz, .cxi, .h5, .nxs, .ptyd, or a stack of frames as .tif or .npy.",
        };
        var (run, input, solver) = (
            new RunOptions(Path.Combine("artifacts", "reconstruction"), prior: null),
            new InputFlags(),
            new SolverFlags()
        );
        var rings = NewOption.Of("--frc", "Reconstruct two halves of the frames too, for the resolution.", false);
        var anyway = NewOption.Of("--anyway", "Go on where the check of the data would refuse.", false);
        var saveAs = NewOption.Of<string?>(
            "--save-as",
            "Write the result for other programs, too: .ptyr (ptypy), .h5 (a ptychodus product) or .cxi (with the frames).",
            null
        );
        var checkOnly = NewOption.Of("--check-only", "Only check the data.", false);
        var command = new RootCommand(
            "Reconstructs a measurement in a file of your own: checks the data first, shows its progress, and writes "
                + "arrays (npz), a picture (PNG), a report (HTML) and a summary (JSON). After Ctrl-C the same command goes on."
        )
        {
            file,
        };
        run.AddTo(command);
        solver.AddTo(command);
        foreach (var option in (Option[])[rings, saveAs, anyway, checkOnly])
            command.Options.Add(option);
        input.AddTo(command);
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                {
                    var given = input.Read(arguments);
                    var solving = solver.Read(arguments);
                    ReconstructRun.Run(
                        new Settings
                        {
                            File = arguments.GetRequiredValue(file),
                            Run = run.Read(arguments),
                            Input = given,
                            // What was found from the frames alone is a start.
                            Solver = given.EstimateProbe ? solving with { RefineProbe = true } : solving,
                            Rings = arguments.GetValue(rings),
                            SaveAs = arguments.GetValue(saveAs),
                            Anyway = arguments.GetValue(anyway),
                            CheckOnly = arguments.GetValue(checkOnly),
                        },
                        cancellationToken
                    );
                })
        );
        return command;
    }
}
