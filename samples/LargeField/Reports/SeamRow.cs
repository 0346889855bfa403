using Ptycho.Solvers.Tiling;

namespace Ptycho.Samples.LargeField.Reports;

/// <summary>The figures of a <see cref="SeamReport"/>.</summary>
internal sealed record SeamRow(
    double BorderError,
    double InteriorError,
    double ErrorRatio,
    double ErrorRatioSpread,
    double BorderStep,
    double InteriorStep,
    double StepRatio,
    double StepRatioSpread,
    double BorderShare
)
{
    public static SeamRow Of(SeamReport report) =>
        new(
            report.BorderError,
            report.InteriorError,
            report.ErrorRatio,
            report.ErrorRatioSpread,
            report.BorderStep,
            report.InteriorStep,
            report.StepRatio,
            report.StepRatioSpread,
            report.BorderShare
        );
}
