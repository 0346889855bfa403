using Ptycho.Physics.Files;
using Ptycho.Samples.Shared.Results;
using Ptycho.Samples.SiemensStar.Reports;
using Ptycho.Samples.SiemensStar.Runs;

namespace Ptycho.Samples.SiemensStar.Commands;

/// <summary>Reads, looks, reconstructs, compares, writes.</summary>
internal static class StarRun
{
    // Room for positions that move.
    private const int Margin = 5;

    public static void Run(StarSettings settings, CancellationToken cancellationToken)
    {
        if (!File.Exists(settings.Data))
            throw new FileNotFoundException(
                $"'{settings.Data}' does not exist; siemens_star.npz is in the tests of github.com/AdvancedPhotonSource/tike."
            );
        OutputFolder.Prepare(settings.Output, StarFiles.Names, settings.Force, settings.Data);
        var imported = RawNpzFile.Read(settings.Data, new ImportOptions { Margin = Margin });
        Console.WriteLine(PreflightReport.Create(imported));
        foreach (var note in imported.Notes)
            Console.WriteLine($"note        {note}");

        var queue = new RunQueue(settings, cancellationToken);
        var measurement = imported.Measurement;
        var rpie = queue.Solve("rPIE", queue.Rpie, measurement);
        var likely = queue.Solve("ML", queue.Likelihood, measurement);
        var parts = settings.Halves ? FrameParts.Solve(queue, measurement, likely, settings.Seed) : null;
        var comparison = new StarComparison(measurement, rpie, likely, parts);
        StarFiles.Write(settings.Output, comparison);
        queue.DeleteCheckpoints();
        StarTable.Print(settings.Output, comparison);
    }
}
