using System.CommandLine;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.Selection;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Options of the solver.</summary>
internal sealed class SolverFlags
{
    private readonly Option<SolverKind> _solver = NewOption.Of(
        "--solver",
        "Automatic takes the one that suits the measurement and says why.",
        SolverKind.Automatic
    );
    private readonly Option<Quality> _quality = NewOption.Of(
        "--quality",
        "Time for the annealed solver.",
        Quality.Default
    );
    private readonly Option<int?> _iterations = NewOption.Of<int?>(
        "--iterations",
        "Iterations of a classical solver; 300 by default.",
        null
    );
    private readonly Option<int> _steps = NewOption.Of("--steps", "Guided steps of DPS, without time travel.", 1000);
    private readonly Option<bool> _refine = NewOption.Of(
        "--refine-probe",
        "The probe is only roughly known: refine it, with a prior together with the object.",
        false
    );
    private readonly Option<bool> _correct = NewOption.Of(
        "--correct-positions",
        "The positions are only roughly known: correct them, with a prior together with the object.",
        false
    );
    private readonly Option<bool> _flux = NewOption.Of(
        "--unknown-flux",
        "With a prior: the data are not in the probe's units, find their scale.",
        false
    );
    private readonly Option<int> _modes = NewOption.Of(
        "--modes",
        "Incoherent modes that the probe gets; with --refine-probe.",
        1
    );
    private readonly Option<int?> _every = NewOption.Of<int?>(
        "--checkpoint-every",
        "Iterations between checkpoints; 25 by default, 1 with a prior. Ctrl-C writes one in any case.",
        null
    );

    public SolverFlags()
    {
        OptionChecks.RequireBetween(_iterations, 1, 1_000_000);
        OptionChecks.RequireBetween(_steps, 2, 1000);
        OptionChecks.RequireBetween(_modes, 1, 10);
        OptionChecks.RequireBetween(_every, 1, 1_000_000);
    }

    public void AddTo(Command command)
    {
        foreach (
            var option in (Option[])[_solver, _quality, _iterations, _steps, _refine, _correct, _flux, _modes, _every]
        )
            command.Options.Add(option);
    }

    public SolverSettings Read(ParseResult arguments) =>
        new()
        {
            Kind = arguments.GetValue(_solver),
            Quality = arguments.GetValue(_quality),
            Iterations = arguments.GetValue(_iterations),
            Steps = arguments.GetValue(_steps),
            RefineProbe = arguments.GetValue(_refine),
            CorrectPositions = arguments.GetValue(_correct),
            UnknownFlux = arguments.GetValue(_flux),
            Modes = arguments.GetValue(_modes),
            CheckpointEvery = arguments.GetValue(_every),
        };
}
