using System.CommandLine;
using System.Globalization;
using MathNet.Numerics.Statistics;
using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using static TorchSharp.torch;

namespace Ptycho.Samples.PaperTables.Refinement;

/// <summary>
/// Reconstructions from experiments that are known only roughly, with and without refinement, of test crops or, to choose
/// options by, of validation crops. Prints a line for each; keeps nothing.
/// </summary>
internal static class RefinementCommand
{
    private static readonly int[] DefaultOverlaps = [20, 50];
    private static readonly string[] CaseNames = [.. RoughExperiment.All.Select(e => e.Name)];
    private const ulong ValidationSeed = 77;
    private static readonly string[] Presets = ["Fast", "Default", "Best"];

    public static Command Create()
    {
        var objects = New("--objects", "Folder with aberration.npz.", Repository.PathTo("artifacts", "objects"));
        var model = New("--prior", "The prior.", Repository.PathTo("models", "blood-smear-compact.safetensors"));
        var crops = New("--crops", "How many crops.", 4);
        var validation = New("--validation", "Validation crops in place of test crops.", false);
        var overlaps = New("--overlaps", "Overlaps in percent.", DefaultOverlaps);
        var preset = New("--preset", "Of the annealed solver: Fast, Default or Best.", "Default");
        var cases = New(
            "--cases",
            "Which of known, flux, probe, positions and all (flux, probe and positions); every one by default.",
            CaseNames
        );
        var threads = New("--threads", "Threads of libtorch.", Environment.ProcessorCount);
        overlaps.AllowMultipleArgumentsPerToken = true;
        cases.AllowMultipleArgumentsPerToken = true;
        cases.AcceptOnlyFromAmong(CaseNames);
        preset.AcceptOnlyFromAmong(Presets);
        OptionChecks.RequireBetween(crops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(overlaps, 0, 95);
        OptionChecks.RequireBetween(threads, 1, 1024);
        var command = new Command("refinement", "Unknown flux, rough probe, rough positions; prints its table.")
        {
            objects,
            model,
            crops,
            validation,
            overlaps,
            preset,
            cases,
            threads,
        };
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                {
                    set_num_threads(arguments.GetValue(threads));
                    using var prior = NetworkPrior.Load(arguments.GetRequiredValue(model));
                    var wanted = arguments.GetRequiredValue(cases);
                    var options = Options(arguments.GetRequiredValue(preset));
                    Console.WriteLine(
                        "| case | overlap | crop | method | NRMSE | SSIM | residual | positions, px | seconds |"
                    );
                    Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
                    var folder = arguments.GetRequiredValue(objects);
                    Func<int, ComplexField> source = arguments.GetValue(validation)
                        ? new ValidationCrops(folder, ValidationSeed).Take
                        : new TestCrops(folder, 1).Take;
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
        Func<int, ComplexField> source,
        int crop,
        int overlap,
        IPrior prior,
        AnnealedOptions options,
        CancellationToken cancellationToken
    )
    {
        var truth = source(crop);
        var seed = StandardSimulation.NoiseSeed(1, crop, overlap);
        var places = experiment.Places(truth, overlap, crop);
        Measurement measurement = experiment.Measure(truth, overlap, crop, seed);
        foreach (var (name, solver) in Solvers(experiment.Refinement, prior, options))
        {
            var result = solver.Solve(measurement, progress: null, cancellationToken);
            var score = Unambiguous.Of(result.Object, truth);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| {experiment.Name} | {overlap} % | {crop} | {name} | {score.Nrmse:F4} | {score.Ssim:F3} | {result.Residual:F4} | "
                )
                    + Positions(experiment, result.Positions ?? measurement.Positions, places)
                    + FormattableString.Invariant($" | {result.ComputeTime.TotalSeconds:F1} |")
            );
        }
    }

    /// <summary>The root mean square error of positions on an axis, without a common shift.</summary>
    private static string Positions(RoughExperiment experiment, ScanPattern found, ScanPattern places)
    {
        if (experiment.Refinement?.Positions != true)
            return "";
        var rows = found.Zip(places, (a, b) => a.Row - b.Row).ToArray();
        var columns = found.Zip(places, (a, b) => a.Column - b.Column).ToArray();
        var square = (Statistics.PopulationVariance(rows) + Statistics.PopulationVariance(columns)) / 2;
        return Math.Sqrt(square).ToString("F2", CultureInfo.InvariantCulture);
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
