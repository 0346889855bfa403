using System.Globalization;
using System.Text;

namespace Ptycho.Samples.SamplePrior;

/// <summary>The report as text for a model card.</summary>
internal static class ReportMarkdown
{
    public static string Write(PriorReport report)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# Prior: {report.Parameters:N0} parameters");
        Line($"");
        foreach (var (name, value) in report.Notes.OrderBy(n => n.Key, StringComparer.Ordinal))
            Line($"- {name}: {value}");
        Line($"");
        Line($"## ε-MSE on the validation block");
        Line($"");
        Line(
            $"Mean over uniform levels: **{report.EpsilonMse:F5}** ({report.ValidationCrops} crops of 128×128, {report.LevelsPerCrop} levels each)."
        );
        Line($"");
        Line($"| levels | ε-MSE | evaluations |");
        Line($"|---|---|---|");
        foreach (var bin in report.EpsilonMseByLevel)
            Line($"| {bin.Levels} | {bin.EpsilonMse:G4} | {bin.Count} |");
        Line($"");
        Line($"## Samples against training crops");
        Line($"");
        Line(
            $"{report.Samples} samples of 128×128 by DPM-Solver++ in {report.Steps} steps, seed {report.Seed}. The right column compares real crops of the validation block with the same training crops: it shows what differs between parts of the real data."
        );
        Line($"");
        var (s, v) = (report.SamplesToTraining, report.ValidationToTraining);
        Line($"| | samples | validation block |");
        Line($"|---|---|---|");
        Line($"| magnitude, Wasserstein-1 | {s.MagnitudeEarthMover:F4} | {v.MagnitudeEarthMover:F4} |");
        Line($"| magnitude, total variation | {s.MagnitudeTotalVariation:F3} | {v.MagnitudeTotalVariation:F3} |");
        Line($"| phase, Wasserstein-1 (rad) | {s.PhaseEarthMover:F4} | {v.PhaseEarthMover:F4} |");
        Line($"| phase, total variation | {s.PhaseTotalVariation:F3} | {v.PhaseTotalVariation:F3} |");
        Line(
            $"| power spectrum, mean \\|dB\\| over rings | {s.MeanAbsoluteDecibels:F2} | {v.MeanAbsoluteDecibels:F2} |"
        );
        foreach (var (a, b) in s.PowerRatios.Zip(v.PowerRatios))
            Line($"| power ratio, {a.From:F3}–{a.To:F3} cycles/px | {a.Ratio:F3} | {b.Ratio:F3} |");
        Line($"");
        Line($"## Nearest neighbours in the training images");
        Line($"");
        Line(
            $"Relative distance of the middle 64×64 pixels, reduced to 16×16, to the most similar patch anywhere in the training regions, over positions, 24 rotations, three magnifications and mirror images; 0 is a copy, 1 as far as an even patch. Training crops show what a memory would look like, validation crops what unseen real data look like."
        );
        Line($"");
        Line($"| | smallest | lower quartile | median | upper quartile | largest |");
        Line($"|---|---|---|---|---|---|");
        Row("samples", report.NearestNeighbours.Samples);
        Row("validation crops", report.NearestNeighbours.ValidationCrops);
        Row("training crops", report.NearestNeighbours.TrainingCrops);
        return text.ToString();

        void Row(string name, Quartiles q) =>
            Line($"| {name} | {q.Smallest:F3} | {q.Lower:F3} | {q.Median:F3} | {q.Upper:F3} | {q.Largest:F3} |");
    }
}
