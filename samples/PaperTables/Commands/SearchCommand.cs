using System.CommandLine;
using System.Globalization;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using static TorchSharp.torch;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>search: a preset with some options replaced, on validation crops. The options of the presets were chosen so.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var method = New("--method", "The preset: Fast, Default, Best, DPS.", MethodNames.Default);
        method.AcceptOnlyFromAmong(MethodNames.Fast, MethodNames.Default, MethodNames.Best, MethodNames.Dps);
        var set = New<string[]>("--set", "Options in its place, such as DataIterations=300 StartSigma=1.2.", []);
        set.AllowMultipleArgumentsPerToken = true;
        var overlaps = New<int[]>("--overlaps", "Overlaps in percent.", [20]);
        overlaps.AllowMultipleArgumentsPerToken = true;
        var peak = New("--peak", "Counts of the brightest pixel.", StandardSimulation.PeakCounts);
        var crops = New("--crops", "Validation crops.", 4);
        var threads = New("--threads", "Threads of libtorch.", Environment.ProcessorCount);
        var precision = New("--precision", "Arithmetic of the prior's convolutions.", ComputePrecision.Float32);
        OptionChecks.RequireBetween(overlaps, 0, 95);
        OptionChecks.RequireBetween(crops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(threads, 1, 1024);
        var command = new Command("search", "A preset with other options, on validation crops.")
        {
            method,
            set,
            overlaps,
            peak,
            crops,
            threads,
            precision,
        };
        foreach (var option in common.SearchPlaces)
            command.Options.Add(option);
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(() =>
                {
                    set_num_threads(arguments.GetValue(threads));
                    using var prior = NetworkPrior.Load(
                        common.Prior(arguments),
                        precision: arguments.GetValue(precision)
                    );
                    var assignments = arguments.GetRequiredValue(set);
                    var solver = Solver(arguments.GetRequiredValue(method), assignments, prior);
                    var validation = new ValidationCrops(common.Objects(arguments), Seed);
                    foreach (var overlap in arguments.GetRequiredValue(overlaps))
                        Run(
                            solver,
                            validation,
                            overlap,
                            arguments.GetValue(peak),
                            arguments.GetValue(crops),
                            cancellationToken
                        );
                })
        );
        return command;
    }

    private const ulong Seed = 77;

    private static IReconstructionSolver Solver(string method, string[] assignments, NetworkPrior prior) =>
        method switch
        {
            MethodNames.Dps => new DpsSolver(prior, OptionOverrides.Apply(DpsOptions.Paper, assignments)),
            MethodNames.Fast => new AnnealedSolver(prior, OptionOverrides.Apply(AnnealedOptions.Fast, assignments)),
            MethodNames.Best => new AnnealedSolver(prior, OptionOverrides.Apply(AnnealedOptions.Best, assignments)),
            _ => new AnnealedSolver(prior, OptionOverrides.Apply(AnnealedOptions.Default, assignments)),
        };

    private static void Run(
        IReconstructionSolver solver,
        ValidationCrops validation,
        int overlap,
        double peakCounts,
        int crops,
        CancellationToken cancellationToken
    )
    {
        var (errors, similarities, seconds) = (new double[crops], new double[crops], 0.0);
        var probe = SyntheticProbes.StandardH();
        for (var crop = 1; crop <= crops; crop++)
        {
            using var scope = NewDisposeScope();
            var truth = validation.Take(crop);
            var scan = StandardSimulation.Raster(probe, overlap);
            var noise = StandardSimulation.NoiseSeed(Seed, crop, overlap);
            var measurement = Physics.Simulation.DiffractionSimulator.Simulate(truth, probe, scan, peakCounts, noise);
            var found = solver.Solve(measurement, progress: null, cancellationToken);
            errors[crop - 1] = ReconstructionMetrics.Nrmse(found.Object, truth);
            similarities[crop - 1] = ReconstructionMetrics.Ssim(found.Object, truth);
            seconds += found.ComputeTime.TotalSeconds;
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{overlap} %: NRMSE {errors.Average():F4}, SSIM {similarities.Average():F4}, {seconds / crops:F1} s, by crop {string.Join(' ', errors.Select(e => e.ToString("F4", CultureInfo.InvariantCulture)))}"
            )
        );
    }

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
