using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>
/// What the preset Default should reach at one overlap, on the standard simulation with probe H, one prior and no
/// retraining. Fields are null while the row has not been measured.
/// </summary>
internal sealed record Target(
    int Overlap,
    double NrmseAtMost,
    double SsimAtLeast,
    double? Nrmse,
    double? Ssim,
    bool? NrmseMet,
    bool? SsimMet
)
{
    /// <summary>Network evaluations of a reconstruction at most.</summary>
    public const int Evaluations = 100;

    private static readonly (int Overlap, double Nrmse, double Ssim)[] Wanted =
    [
        (0, .085, .90),
        (10, .055, .94),
        (20, .050, .95),
        (38, .035, .970),
        (44, .022, .982),
        (50, .024, .980),
        (62, .018, .987),
        (66, .014, .990),
        (74, .010, .994),
    ];

    /// <summary>Every target and how it stands. Means are judged as the tables print them, to three decimals.</summary>
    public static IReadOnlyList<Target> Judge(Findings findings) =>
        [.. Wanted.Select(wanted => Judge(wanted, findings))];

    private static Target Judge((int Overlap, double Nrmse, double Ssim) wanted, Findings findings)
    {
        var row = findings.Find(
            Tables.One,
            Probes.H,
            Scans.Raster,
            wanted.Overlap,
            MethodNames.Default,
            StandardSimulation.PeakCounts
        );
        return row is null
            ? new Target(wanted.Overlap, wanted.Nrmse, wanted.Ssim, null, null, null, null)
            : new Target(
                wanted.Overlap,
                wanted.Nrmse,
                wanted.Ssim,
                row.NrmseMean,
                row.SsimMean,
                Math.Round(row.NrmseMean, 3) <= wanted.Nrmse,
                Math.Round(row.SsimMean, 3) >= wanted.Ssim
            );
    }
}
