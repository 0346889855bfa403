using Ptycho.Samples.Demo.Methods;

namespace Ptycho.Samples.Demo.Reports;

/// <summary>Means of one method at one overlap. The names are those of summary.json, in camel case.</summary>
/// <param name="Overlap">Percent.</param>
/// <param name="Method">rPIE, AWF, Annealed or DPS.</param>
/// <param name="Nrmse">Mean over the crops, the global phase free.</param>
/// <param name="Ssim">Mean over the crops, of the magnitudes.</param>
/// <param name="PhaseError">Mean over the crops of the root mean square, radians.</param>
/// <param name="Seconds">Mean for one crop.</param>
/// <param name="NetworkEvaluations">Mean for one crop.</param>
/// <param name="Crops">Number of crops.</param>
internal sealed record SummaryRow(
    int Overlap,
    string Method,
    double Nrmse,
    double Ssim,
    double PhaseError,
    double Seconds,
    double NetworkEvaluations,
    int Crops
)
{
    /// <summary>A row for each overlap and method, in the order in which they first appear.</summary>
    public static IReadOnlyList<SummaryRow> Of(IEnumerable<MethodRun> runs) =>
        [.. runs.GroupBy(run => (run.Scene.Overlap, run.Method)).Select(group => Mean([.. group]))];

    private static SummaryRow Mean(MethodRun[] runs) =>
        new(
            runs[0].Scene.Overlap,
            runs[0].Method,
            runs.Average(run => run.Nrmse),
            runs.Average(run => run.Ssim),
            runs.Average(run => run.PhaseError),
            runs.Average(run => run.Seconds),
            runs.Average(run => (double)run.NetworkEvaluations),
            runs.Length
        );
}
