using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Runs;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Means over crops of one row of a table. The names are those of results.json, in camel case.</summary>
/// <param name="Table">A name of <see cref="Tables"/>.</param>
/// <param name="Probe">Name of the probe.</param>
/// <param name="Scan">Name of the scan.</param>
/// <param name="Overlap">Percent.</param>
/// <param name="PeakCounts">Counts of the brightest pixel.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="N">Crops.</param>
/// <param name="NrmseMean">Mean NRMSE.</param>
/// <param name="NrmseStd">Sample standard deviation over crops (n − 1), 0 for one crop.</param>
/// <param name="SsimMean">Mean SSIM.</param>
/// <param name="SsimStd">Its deviation.</param>
/// <param name="PhaseErrorMean">Mean rms phase error, radians.</param>
/// <param name="PhaseFlags">Crops with a phase ramp or step.</param>
/// <param name="NetworkEvaluations">Mean for one crop.</param>
/// <param name="OperatorEvaluations">Mean for one crop.</param>
/// <param name="Seconds">Mean compute time of one crop.</param>
internal sealed record Row(
    string Table,
    string Probe,
    string Scan,
    int Overlap,
    double PeakCounts,
    string Method,
    int N,
    double NrmseMean,
    double NrmseStd,
    double SsimMean,
    double SsimStd,
    double PhaseErrorMean,
    int PhaseFlags,
    double NetworkEvaluations,
    double OperatorEvaluations,
    double Seconds
)
{
    /// <summary>The mean over crops, at least one.</summary>
    public static Row Of(PlannedRow planned, IReadOnlyCollection<CellResult> crops) =>
        new(
            planned.Table,
            planned.Scene.Probe,
            planned.Scene.Scan,
            planned.Scene.Overlap,
            planned.Scene.PeakCounts,
            planned.Method,
            crops.Count,
            crops.Average(c => c.Nrmse),
            Deviation([.. crops.Select(c => c.Nrmse)]),
            crops.Average(c => c.Ssim),
            Deviation([.. crops.Select(c => c.Ssim)]),
            crops.Average(c => c.PhaseError),
            crops.Count(c => c.PhaseFlag),
            crops.Average(c => (double)c.NetworkEvaluations),
            crops.Average(c => (double)c.OperatorEvaluations),
            crops.Average(c => c.Seconds)
        );

    private static double Deviation(double[] values)
    {
        if (values.Length < 2)
            return 0;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
