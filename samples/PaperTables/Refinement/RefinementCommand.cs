using System.CommandLine;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Samples.PaperTables.Refinement;

/// <summary>
/// Reconstructions of test crops from experiments that are known only roughly, with and without refinement. Prints a line
/// for each; keeps nothing.
/// </summary>
internal static class RefinementCommand
{
    private static readonly int[] DefaultOverlaps = [20, 50];
    private static readonly string[] CaseNames = [.. RoughExperiment.All.Select(e => e.Name)];
    private static readonly string[] Presets = ["Fast", "Default", "Best"];

    public static Command Create()
    {
        var objects = New("--objects", "Folder with aberration.npz.", Repository.PathTo("artifacts", "objects"));
        var model = New("--prior", "The prior.", Repository.PathTo("models", "blood-smear-compact.safetensors"));
        var crops = New("--crops", "Test crops.", 4);
        var overlaps = New("--overlaps", "Overlaps in percent.", DefaultOverlaps);
        var preset = New("--preset", "Of the annealed solver: Fast, Default or Best.", "Default");
        var cases = New("--cases", "Which of known, flux, probe and positions; all by default.", CaseNames);
        overlaps.AllowMultipleArgumentsPerToken = true;
        cases.AllowMultipleArgumentsPerToken = true;
        cases.AcceptOnlyFromAmong(CaseNames);
        preset.AcceptOnlyFromAmong(Presets);
        OptionChecks.RequireBetween(crops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(overlaps, 0, 95);
        var command = new Command("refinement", "Unknown flux, rough probe, rough positions; prints its table.")
        {
            objects,
            model,
            crops,
            overlaps,
            preset,
            cases,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                {
                    using var prior = NetworkPrior.Load(arguments.GetRequiredValue(model));
                    var wanted = arguments.GetRequiredValue(cases);
                    var options = Options(arguments.GetRequiredValue(preset));
                    Console.WriteLine("| case | overlap | crop | method | NRMSE | SSIM | residual |");
                    Console.WriteLine("|---|---|---|---|---|---|---|");
                    var source = new TestCrops(arguments.GetRequiredValue(objects), 1);
                    for (var crop = 1; crop <= arguments.GetValue(crops); crop++)
                        foreach (var overlap in arguments.GetRequiredValue(overlaps))
                        foreach (var experiment in RoughExperiment.All.Where(e => wanted.Contains(e.Name)))
                            Compare(experiment, source, crop, overlap, prior, options, cancellationToken);
                })
        );
        return command;
    }

    private static void Compare(
        RoughExperiment experiment,
        TestCrops source,
        int crop,
        int overlap,
        IPrior prior,
        AnnealedOptions options,
        CancellationToken cancellationToken
    )
    {
        var truth = source.Take(crop);
        var seed = StandardSimulation.NoiseSeed(1, crop, overlap);
        Measurement measurement = experiment.Measure(truth, overlap, crop, seed);
        foreach (var (name, solver) in Solvers(experiment.Refinement, prior, options))
        {
            var result = solver.Solve(measurement, progress: null, cancellationToken);
            var score = Unambiguous.Of(result.Object, truth);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| {experiment.Name} | {overlap} % | {crop} | {name} | {score.Nrmse:F4} | {score.Ssim:F3} | {result.Residual:F4} |"
                )
            );
        }
    }

    private static IEnumerable<(string Name, IReconstructionSolver Solver)> Solvers(
        JointRefinement? refinement,
        IPrior prior,
        AnnealedOptions options
    )
    {
        var probe = refinement?.Probe == true ? new ProbeRefinement() : null;
        var positions = refinement?.Positions == true ? new PositionCorrection() : null;
        if (positions is null)
            yield return (probe is null ? "AWF" : "AWF, refined", new AwfSolver(new AwfOptions { Refinement = probe }));
        var name = probe is null && positions is null ? "rPIE" : "rPIE, refined";
        var classical = new RpieOptions
        {
            Alpha = 0.5,
            Refinement = probe,
            Correction = positions,
        };
        yield return (name, new RpieSolver(classical));
        yield return ("Annealed", new AnnealedSolver(prior, options));
        if (refinement is not null)
            yield return ("Annealed, joint", new AnnealedSolver(prior, options with { Refinement = refinement }));
    }

    private static AnnealedOptions Options(string preset) =>
        preset switch
        {
            "Fast" => AnnealedOptions.Fast,
            "Best" => AnnealedOptions.Best,
            _ => AnnealedOptions.Default,
        };

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
