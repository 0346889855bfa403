using Ptycho.IO.Files;
using Ptycho.Samples.PaperTables.Commands;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>The files of a report, each written whole; results.json last.</summary>
internal static class ReportFolder
{
    public const string Results = "results.json";
    public const string Posterior = "posterior.json";
    public const string Report = "report.md";

    public static void Write(Workbench bench)
    {
        var folder = bench.Settings.Output;
        var findings = bench.Findings();
        var document = ResultsDocument.Of(bench, findings);
        AtomicFile.WriteAllText(Path.Combine(folder, Posterior), PosteriorDocument.Of(document).ToJson());
        AtomicFile.WriteAllText(Path.Combine(folder, Report), ReportMarkdown.Of(document, findings));
        AtomicFile.WriteAllText(Path.Combine(folder, Results), document.ToJson());
        Console.WriteLine($"Report:  {Path.Combine(folder, Report)}");
        Console.WriteLine($"Numbers: {Path.Combine(folder, Results)}, {Posterior}");
    }
}
