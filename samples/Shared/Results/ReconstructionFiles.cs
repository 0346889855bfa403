using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Reports;

namespace Ptycho.Samples.Shared.Results;

/// <summary>
/// The files of one reconstruction: arrays, a picture, a page for people and a summary for programs. Each is written
/// whole or not at all, and the summary last: where it is, the others are, and of the same run.
/// </summary>
public static class ReconstructionFiles
{
    public const string Arrays = "result.npz";
    public const string Picture = "result.png";
    public const string Page = "report.html";
    public const string Summary = "summary.json";

    /// <summary>The names of all, for <see cref="OutputFolder.Prepare"/>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [Arrays, Picture, Page, Summary];

    /// <summary>Writes all.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="report">The reconstruction.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, ReconstructionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        File.Delete(Path.Combine(folder, Summary));
        NpzFile.Write(Path.Combine(folder, Arrays), Collect(report));
        PngFile.Write(Path.Combine(folder, Picture), report.ToFigure().Render());
        report.Write(Path.Combine(folder, Page));
        AtomicFile.WriteAllText(Path.Combine(folder, Summary), ReconstructionSummary.Of(report).ToJson());
    }

    private static Dictionary<string, NumericArray> Collect(ReconstructionReport report)
    {
        var result = report.Result;
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["object"] = NumericArray.FromComplexField(result.Object),
            ["probe"] = ToArray(result.Probe),
            ["positions"] = NumericArray.Create<double>(
                (result.Positions ?? report.Measurement.Positions).SelectMany(p => new[] { p.Row, p.Column }).ToArray(),
                report.Measurement.Positions.Count,
                2
            ),
            ["residuals"] = Vector(result.ResidualHistory),
            ["frame_misfit"] = Vector(result.FrameMisfit),
        };
        if (result.FrameChiSquare is { } chiSquare)
            arrays["frame_chi_square"] = Vector(chiSquare);
        if (result.DataShare is { } share)
            arrays["data_share"] = NumericArray.Create<float>(
                share.ToArray(),
                result.Object.Height,
                result.Object.Width
            );
        if (report.Before is { } before)
            arrays["before"] = NumericArray.FromComplexField(before);
        return arrays;
    }

    private static NumericArray Vector(IReadOnlyList<double> values) =>
        NumericArray.Create<double>(values.ToArray(), values.Count);

    /// <summary>complex64 [M, h, w].</summary>
    public static NumericArray ToArray(Probe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        var pairs = probe.Modes.SelectMany(mode => mode.Real.Zip(mode.Imaginary, (re, im) => new[] { re, im }));
        return NumericArray.CreateComplex64(
            pairs.SelectMany(pair => pair).ToArray(),
            probe.ModeCount,
            probe.Height,
            probe.Width
        );
    }
}
