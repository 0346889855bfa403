using Ptycho.Samples.Demo.Methods;

namespace Ptycho.Samples.Demo.Reports;

/// <summary>One reconstruction in crops.json; see <see cref="SummaryRow"/> for the units.</summary>
internal sealed record CropRow(
    int Overlap,
    int Crop,
    string Method,
    double Nrmse,
    double Ssim,
    double PhaseError,
    double Seconds,
    long NetworkEvaluations
)
{
    public static CropRow Of(MethodRun run) =>
        new(
            run.Scene.Overlap,
            run.Scene.Crop,
            run.Method,
            run.Nrmse,
            run.Ssim,
            run.PhaseError,
            run.Seconds,
            run.NetworkEvaluations
        );
}
