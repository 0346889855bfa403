using System.Text.Json;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Solvers.PostProcessing;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>results.json.</summary>
/// <param name="Command">The command line that wrote it.</param>
/// <param name="Created">When, in UTC.</param>
/// <param name="Prior">File name and hash.</param>
/// <param name="Seeds">Seed of crops and counts, seed of the solvers.</param>
/// <param name="Versions">Library, libtorch, .NET.</param>
/// <param name="Machine">Where it was computed.</param>
/// <param name="Settings">Workers, threads and arithmetic.</param>
/// <param name="Options">The options of each method.</param>
/// <param name="UNets">What each trained U-Net says of itself, by file.</param>
/// <param name="Targets">The targets and how they stand.</param>
/// <param name="Rows">Means.</param>
/// <param name="Crops">Every crop.</param>
/// <param name="Cost">Cost of each method alone on the machine.</param>
internal sealed record ResultsDocument(
    string Command,
    DateTime Created,
    PriorFileNote Prior,
    SeedNote Seeds,
    IReadOnlyDictionary<string, string> Versions,
    Machine Machine,
    RunNote Settings,
    IReadOnlyDictionary<string, JsonElement> Options,
    IReadOnlyDictionary<string, UNetPostDescription> UNets,
    IReadOnlyList<Target> Targets,
    IReadOnlyList<Row> Rows,
    IReadOnlyList<CellResult> Crops,
    IReadOnlyList<CostRow> Cost
)
{
    public static ResultsDocument Of(Workbench bench, Findings findings) =>
        new(
            CommandLine(),
            DateTime.UtcNow,
            new PriorFileNote(Path.GetFileName(bench.Settings.Prior), bench.Fingerprints.PriorHash),
            new SeedNote(bench.Settings.CropSeed, bench.Settings.SolverSeed),
            Machine.Versions(),
            Machine.Here(),
            new RunNote(bench.Settings.Workers, bench.Settings.Threads, bench.Settings.Precision.ToString()),
            MethodNames.All.ToDictionary(method => method, bench.Options.Describe, StringComparer.Ordinal),
            UNetFiles.Describe(bench.Settings.UNets),
            Target.Judge(findings),
            findings.Rows,
            findings.Crops,
            bench.ValidCosts()
        );

    public string ToJson() => JsonSerializer.Serialize(this, JsonOutput.Indented) + "\n";

    /// <summary>The arguments, with file names in place of paths outside the repository.</summary>
    private static string CommandLine() =>
        string.Join(
            ' ',
            Environment
                .GetCommandLineArgs()
                .Skip(1)
                .Select(argument => Path.IsPathRooted(argument) ? Path.GetFileName(argument) : argument)
        );
}

/// <summary>Which prior.</summary>
internal sealed record PriorFileNote(string File, string Sha256);

/// <summary>Seeds of a run.</summary>
internal sealed record SeedNote(ulong CropsAndCounts, ulong Solvers);

/// <summary>How a run used the machine.</summary>
internal sealed record RunNote(int Workers, int ThreadsEach, string Precision);
