using System.CommandLine;
using System.Text.Json;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Refinement;
using Ptycho.Samples.PaperTables.Reports;
using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>The program's commands, one an experiment.</summary>
internal static class PaperCommand
{
    private static readonly int[] CostOverlaps = [20, 50];

    public static RootCommand Create() =>
        new(
            "The experiments of Cam et al., arXiv:2502.18767, with this library's solvers and beside the paper's figures."
        )
        {
            New(
                "table1",
                "Error and similarity by overlap and method.",
                (b, t) => b.Compute("table1", b.Plan.TableOne(), t)
            ),
            TrainUNetCommand.Create(),
            SearchCommand.Create(),
            RefinementCommand.Create(),
            New("table2", "The U-Net away from its overlap.", (b, t) => b.Compute("table2", b.Plan.TableTwo(), t)),
            New(
                "scans",
                "Other scan positions, and another probe.",
                (b, t) => b.Compute("scans", b.Plan.ScanTest(), t)
            ),
            New("dose", "Peak counts from 1e3 to 1e6.", (b, t) => b.Compute("dose", b.Plan.DoseTest(), t)),
            New("figures", "Sheets of reconstructions by method and overlap.", Figures),
            New("cost", "Time, evaluations and memory of each method, alone.", Cost),
            New("posterior", "All that docs/results/posterior.json needs.", Posterior),
            New("all", "Every experiment, one after the other.", All),
            New("report", "The report of what is there; computes nothing.", (_, _) => { }),
            Measure(),
        };

    private static void All(Workbench bench, CancellationToken cancellationToken)
    {
        bench.Compute("table1", bench.Plan.TableOne(), cancellationToken);
        bench.Compute("table2", bench.Plan.TableTwo(), cancellationToken);
        bench.Compute("scans", bench.Plan.ScanTest(), cancellationToken);
        bench.Compute("dose", bench.Plan.DoseTest(), cancellationToken);
        Figures(bench, cancellationToken);
        Cost(bench, cancellationToken);
    }

    private static void Posterior(Workbench bench, CancellationToken cancellationToken)
    {
        var rows = bench.Plan.All.Where(row => !MethodNames.UsesUNet(row.Method));
        bench.Compute("posterior", rows, cancellationToken);
    }

    private static void Figures(Workbench bench, CancellationToken cancellationToken)
    {
        var cells = FigureSheets.Cells.ToArray();
        bench.Compute("figures", cells, cancellationToken);
        FigureSheets.Write(bench);
    }

    private static void Cost(Workbench bench, CancellationToken cancellationToken)
    {
        // Alone on the machine, so all cores are one reconstruction's.
        var settings = bench.Settings with
        {
            Threads = bench.Settings.Threads * bench.Settings.Workers,
        };
        foreach (var overlap in CostOverlaps)
        {
            var scene = new Scene(Probes.H, Scans.Raster, overlap, StandardSimulation.PeakCounts);
            foreach (var method in MethodNames.All.Where(m => m is not (MethodNames.AwfLong or MethodNames.AwfBest)))
            {
                if (!bench.Fingerprints.IsPossible(method, scene))
                    continue;
                var fingerprint = bench.Fingerprints.Of(new Cell(scene, method, 1));
                if (bench.Costs.Find(method, overlap, settings.Threads, fingerprint) is not null)
                    continue;
                var row = CostMeter.MeasureApart(method, overlap, CostArguments.Of(settings), cancellationToken);
                bench.Costs.Add(row);
                Console.WriteLine(
                    FormattableString.Invariant(
                        $"cost: {method} at {overlap} %: {row.Seconds:F2} s, {row.PeakMegabytes:F0} MB"
                    )
                );
            }
        }
    }

    /// <summary>A command that does some work and then writes the report of everything known.</summary>
    private static Command New(string name, string description, Action<Workbench, CancellationToken> work)
    {
        var options = new CommonOptions();
        var command = new Command(name, description);
        options.AddTo(command);
        command.SetAction(
            (arguments, cancellationToken) =>
                Guarded.Run(
                    () =>
                    {
                        using var bench = new Workbench(options.Read(arguments));
                        work(bench, cancellationToken);
                        ReportFolder.Write(bench);
                    },
                    "Stopped; what was finished is kept, and the same command goes on from there."
                )
        );
        return command;
    }

    private static Command Measure()
    {
        var options = new CommonOptions();
        var method = new Argument<string>("method");
        var overlap = new Argument<int>("overlap");
        var command = new Command(CostMeter.Command, "One method's cost in this process.") { method, overlap };
        command.Hidden = true;
        options.AddTo(command);
        command.SetAction(
            (arguments, _) =>
                Guarded.Run(() =>
                {
                    var row = CostMeter.Measure(
                        options.Read(arguments),
                        arguments.GetRequiredValue(method),
                        arguments.GetValue(overlap)
                    );
                    Console.WriteLine(JsonSerializer.Serialize(row, JsonOutput.Options));
                })
        );
        return command;
    }
}
