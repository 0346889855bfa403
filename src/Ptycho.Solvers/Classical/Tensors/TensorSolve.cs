using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>What both solvers over tensors share.</summary>
internal sealed record TensorSolve(
    string Name,
    StopRules Stop,
    StartObject Start,
    ComplexField? Given,
    TensorOptions Options,
    Func<MeasurementStack, IReadOnlyList<StackStart>, TensorFlow> Make
)
{
    public ReconstructionResult One(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        void Report(int iteration, double[] residuals) =>
            progress?.Report(new ReconstructionProgress(iteration, Stop.Iterations, residuals[0]));
        return Run([measurement], Report, cancellationToken)[0];
    }

    public IReadOnlyList<ReconstructionResult> Many(
        IReadOnlyList<Measurement> measurements,
        IProgress<ManyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        void Report(int iteration, double[] residuals) =>
            progress?.Report(
                new ManyProgress(iteration, Stop.Iterations, residuals.Length, Math.Sqrt(residuals.Average(r => r * r)))
            );
        return Run(measurements, Report, cancellationToken);
    }

    private IReadOnlyList<ReconstructionResult> Run(
        IReadOnlyList<Measurement> measurements,
        Action<int, double[]> report,
        CancellationToken cancellationToken
    )
    {
        BatchRun.RequireOneShape(measurements);
        cancellationToken.ThrowIfCancellationRequested();
        using var guard = no_grad();
        var run = new BatchRun(Name, Stop, measurements);
        var starts = measurements.Select(m => StackStart.Of(m, Start, Given)).ToArray();
        using var flow = Make(new MeasurementStack(measurements, Options), starts);
        return run.Run(flow, starts, report, cancellationToken);
    }
}
