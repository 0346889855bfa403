using System.Reflection;
using System.Runtime.InteropServices;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>What one needs to do it again: options, remarks, times, versions.</summary>
internal static class RecordSection
{
    public static Markup Of(ReconstructionReport report)
    {
        var notes = report.Notes.Count == 0 ? Markup.None : Markup.Of($"<h3>Remarks</h3>{Pieces.List(report.Notes)}");
        return Pieces.Section(
            "record",
            "Record",
            Markup.Of(
                $"""
                {notes}<div class="tables">{Pieces.Table(
                    "Options",
                    report.Options.Select(pair => (pair.Key, pair.Value))
                )}
                {Pieces.Table("Times", Times(report))}{Pieces.Table("Versions", Versions(report))}</div>
                """
            )
        );
    }

    private static IEnumerable<(string Name, string Value)> Times(ReconstructionReport report) =>
        report
            .Timings.Select(pair => (pair.Key, HeaderSection.Duration(pair.Value)))
            .Prepend(("Solver", HeaderSection.Duration(report.Result.ComputeTime)));

    private static IEnumerable<(string Name, string Value)> Versions(ReconstructionReport report) =>
        [
            ("PtychoDiffusion", Library()),
            .. report.Versions.Select(pair => (pair.Key, pair.Value)),
            (".NET", Environment.Version.ToString()),
            ("System", RuntimeInformation.OSDescription),
        ];

    private static string Library() =>
        typeof(RecordSection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";
}
