using Ptycho.Physics.Files;
using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers.Reports;
using Ptycho.Solvers.Selection;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Reads, checks, reconstructs, reports. Whatever is wrong shows before a solver starts.</summary>
internal static class ReconstructRun
{
    public static void Run(Settings settings, CancellationToken cancellationToken)
    {
        settings.Solver.Check(settings.Run.Prior);
        settings.Run.RequirePrior();
        var started = TimeProvider.System.GetTimestamp();
        var read = MeasurementReader.Read(settings.File, settings.Input);
        var reading = TimeProvider.System.GetElapsedTime(started);
        string[] inputs = [settings.File, .. settings.Input.Files];
        if (!settings.CheckOnly)
            OutputFolder.Check(settings.Run.Output, ReconstructionFiles.Names, settings.Run.Force, inputs);
        ResultExport.Check(settings, read);
        var turned = OrientationStart.Find(read, settings, cancellationToken);
        var imported = ProbeStart.Find(turned, settings, cancellationToken);
        var preflight = PreflightReport.Create(imported);
        Console.WriteLine(preflight);
        foreach (var note in imported.Notes)
            Console.WriteLine($"note        {note}");
        Preflight.Require(preflight, Needed(preflight, settings), settings);
        if (!settings.CheckOnly)
            OutputFolder.Prepare(settings.Run.Output, ReconstructionFiles.Names, settings.Run.Force, inputs);

        using var prior = settings.Run.LoadPrior();
        var work = new Reconstruction(settings, imported, prior);
        Console.WriteLine($"solver      {work.Choice.Solver.Name}: {work.Choice.Reason}");
        if (settings.CheckOnly)
        {
            if (imported.IsProbeFromFrames)
                Console.WriteLine(
                    "probe       there is none; what is said of overlap is that of a guess in focus. A run needs --probe or --estimate-probe."
                );
            return;
        }

        var report = Resumable.Run(work.Checkpoint, () => work.Run(preflight, reading, cancellationToken));
        ReconstructionFiles.Write(settings.Run.Output, report);
        ResultExport.Write(settings, imported, report);
        work.DeleteCheckpoints();
        Print(settings.Run.Output, report);
        if (settings.SaveAs is { } file)
            Console.WriteLine(file);
    }

    private static long Needed(PreflightReport preflight, Settings settings) =>
        settings.Run.Prior is not null ? preflight.TensorSolverBytes
        : settings.Solver.Kind is SolverKind.Rpie or SolverKind.Awf ? preflight.ManagedSolverBytes
        : preflight.MaximumLikelihoodBytes;

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
