using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Files;
using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers.Reports;
using static TorchSharp.torch;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Reads, checks, reconstructs, reports. Whatever is wrong shows before a solver starts.</summary>
internal static class ReconstructRun
{
    public static void Run(Settings settings, CancellationToken cancellationToken)
    {
        var kind = SolverChoice.Of(settings);
        var started = TimeProvider.System.GetTimestamp();
        var probe = settings.Probe is { } path ? ProbeFile.Read(path) : null;
        var imported = MeasurementReader.Read(settings.File, settings.Import, probe);
        var reading = TimeProvider.System.GetElapsedTime(started);
        var preflight = PreflightReport.Create(imported);
        Console.WriteLine(preflight);
        foreach (var note in imported.Notes)
            Console.WriteLine($"note        {note}");
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string[] refusals = [.. Preflight.Refusals(preflight, SolverChoice.NeedsPrior(kind), memory)];
        if (refusals.Length > 0 && !settings.Anyway)
            throw new InvalidDataException($"'{settings.File}': {string.Join(" ", refusals)} (--anyway goes on.)");
        if (settings.CheckOnly)
            return;

        string[] inputs = [settings.File, .. settings.Probe is { } p ? (string[])[p] : []];
        OutputFolder.Prepare(settings.Output, ReconstructionFiles.Names, settings.Force, inputs);
        NetworkPrior? prior = null;
        if (SolverChoice.NeedsPrior(kind))
        {
            set_num_threads(settings.Threads);
            prior = NetworkPrior.Load(settings.Prior!);
        }
        using (prior)
        {
            var work = new Reconstruction(settings, kind, imported, prior);
            var report = work.Run(preflight, reading, cancellationToken);
            ReconstructionFiles.Write(settings.Output, report);
            work.DeleteCheckpoints();
            Print(settings.Output, report);
        }
    }

    private static void Print(string folder, ReconstructionReport report)
    {
        var result = report.Result;
        Console.WriteLine(
            FormattableString.Invariant(
                $"{result.Solver}: residual {result.Residual:F4} after {result.Iterations} iterations, {result.ComputeTime.TotalSeconds:F1} s"
            )
        );
        foreach (var warning in result.Warnings)
            Console.WriteLine($"warning: {warning.Message}");
        foreach (
            var name in (string[])
                [
                    ReconstructionFiles.Page,
                    ReconstructionFiles.Picture,
                    ReconstructionFiles.Arrays,
                    ReconstructionFiles.Summary,
                ]
        )
            Console.WriteLine(Path.Combine(folder, name));
    }
}
