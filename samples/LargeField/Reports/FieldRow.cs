using Ptycho.Samples.LargeField.Methods;

namespace Ptycho.Samples.LargeField.Reports;

/// <summary>What summary.json tells of one method.</summary>
internal sealed record FieldRow(
    string Method,
    double Nrmse,
    double Ssim,
    double PhaseError,
    double Residual,
    double Seconds,
    int Parts,
    long NetworkEvaluations,
    double? PriorMismatch,
    SeamRow? Seams,
    SeamRow? ControlSeams
)
{
    public static FieldRow Of(FieldRun run) =>
        new(
            run.Method,
            run.Nrmse,
            run.Ssim,
            run.PhaseError,
            run.Result.Residual,
            run.Result.ComputeTime.TotalSeconds,
            run.Parts,
            run.Result.NetworkEvaluations,
            run.Result.PriorMismatch,
            run.Seams is { } seams ? SeamRow.Of(seams) : null,
            run.ControlSeams is { } control ? SeamRow.Of(control) : null
        );
}
