using System.Globalization;
using Ptycho.Physics.Files;
using Ptycho.Samples.ReconstructFile.Commands;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>What is so wrong with the data, or so large, that no solver should start.</summary>
internal static class Preflight
{
    /// <summary>Below this part of the object inside windows, unit or axes of the positions are wrong.</summary>
    private const double LeastCoverage = 0.1;

    /// <param name="report">What is known of the measurement.</param>
    /// <param name="needed">Bytes that the solver needs.</param>
    /// <param name="memory">Bytes that may be used.</param>
    /// <returns>A sentence for each reason; none if all is well.</returns>
    public static IEnumerable<string> Refusals(PreflightReport report, long needed, long memory)
    {
        if (report.Frames > 1 && report.MedianStep == 0)
            yield return "More than half of the positions are the same as another: are they in metres?";
        if (report.IsLightDisplaced)
            yield return report.StoredLightCentre is { } pixel
                ? $"The light of the frames is centred at stored pixel ({pixel.Row}, {pixel.Column}): is the zero frequency there? Say "
                    + $"--zero-frequency {pixel.Row} {pixel.Column}."
                : "The light of the frames is far from the zero frequency, which this layout has at [0, 0]: were centred frames "
                    + "written without np.fft.ifftshift(frames, axes=(1, 2))?";
        if (report.Coverage < LeastCoverage)
            yield return Text(
                $"Windows cover only {report.Coverage:P1} of the object: are unit and axes of the positions right?"
            );
        if (needed > memory)
            yield return Text(
                $"The solver needs about {needed / 1e9:F1} GB, and there are {memory / 1e9:F1} GB: use --frames or --crop."
            );
    }

    /// <exception cref="InvalidDataException">There are reasons not to start, and nobody said to go on anyway.</exception>
    public static void Require(PreflightReport report, long needed, Settings settings)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string[] refusals = [.. Refusals(report, needed, memory)];
        if (refusals.Length > 0 && !settings.Anyway)
            throw new InvalidDataException($"'{settings.File}': {string.Join(" ", refusals)} (--anyway goes on.)");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
