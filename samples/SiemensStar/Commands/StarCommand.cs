using System.CommandLine;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.SiemensStar.Commands;

/// <summary>The only command.</summary>
internal static class StarCommand
{
    public static RootCommand Create()
    {
        var data = new Option<string>("--data")
        {
            Description =
                "siemens_star.npz: data [K, h, w] with the zero frequency at [0, 0], scan [K, 2] as (y, x) in pixels, probe. "
                + "It is in the tests of github.com/AdvancedPhotonSource/tike; a file of your own in this layout does too.",
            Required = true,
        };
        var output = NewOption.Of("--out", "Folder for results.", Repository.PathTo("artifacts", "siemens-star"));
        var force = NewOption.Of("--force", "Replace results that are there.", false);
        var sweeps = NewOption.Of("--sweeps", "Sweeps of rPIE.", 30);
        var iterations = NewOption.Of("--iterations", "Iterations of maximum likelihood.", 60);
        var modes = NewOption.Of("--modes", "Incoherent modes of the probe in maximum likelihood.", 3);
        var positions = NewOption.Of("--correct-positions", "Correct the positions too.", false);
        var whole = NewOption.Of("--no-halves", "Leave out the two halves and the quarter of the frames.", false);
        var seed = NewOption.Of("--seed", "Seed of the halves and of rPIE's order of frames.", 0UL);
        OptionChecks.RequireBetween(sweeps, 1, 100_000);
        OptionChecks.RequireBetween(iterations, 1, 100_000);
        OptionChecks.RequireBetween(modes, 1, 10);
        var command = new RootCommand(
            "Reconstructs a real X-ray measurement whose probe is only roughly known, by rPIE and by maximum likelihood "
                + "with a mixed-state probe, and says how far the result can be believed. After Ctrl-C the same command goes on."
        )
        {
            data,
            output,
            force,
            sweeps,
            iterations,
            modes,
            positions,
            whole,
            seed,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                    StarRun.Run(
                        new StarSettings
                        {
                            Data = arguments.GetRequiredValue(data),
                            Output = arguments.GetRequiredValue(output),
                            Force = arguments.GetValue(force),
                            Sweeps = arguments.GetValue(sweeps),
                            Iterations = arguments.GetValue(iterations),
                            Modes = arguments.GetValue(modes),
                            CorrectPositions = arguments.GetValue(positions),
                            Halves = !arguments.GetValue(whole),
                            Seed = arguments.GetValue(seed),
                        },
                        cancellationToken
                    )
                )
        );
        return command;
    }
}
