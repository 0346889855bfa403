using System.Diagnostics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>Residuals and misfits of an object found by a solver with a prior, as the common result wants them.</summary>
internal static class ResultBuilder
{
    /// <param name="name">The solver's name.</param>
    /// <param name="measurement">The data.</param>
    /// <param name="forward">Their operator.</param>
    /// <param name="obj">The estimate, complex64 [H, W].</param>
    /// <param name="iterations">Levels or steps done.</param>
    /// <param name="networkEvaluations">Network evaluations, all chains.</param>
    /// <param name="operatorEvaluations">Operator evaluations, all chains.</param>
    /// <param name="watch">The clock of the compute time.</param>
    internal static ReconstructionResult Build(
        string name,
        Measurement measurement,
        PtychographyOperator forward,
        Tensor obj,
        int iterations,
        long networkEvaluations,
        long operatorEvaluations,
        Stopwatch watch
    )
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var data = measurement.Data;
        var amplitudes = tensor(data.ToAmplitudes(), [data.FrameCount, data.Height, data.Width], device: obj.device);
        var model = forward.Forward(obj.unsqueeze(0)).squeeze(0).abs().square().sum(1).sqrt();
        var errors = (model - amplitudes).square();
        if (data.Mask is { } mask)
        {
            var weights = tensor(mask.PixelWeights.ToArray(), [1, data.Height, data.Width], device: obj.device);
            errors = errors * weights;
            amplitudes = amplitudes * weights.sqrt();
        }
        var perFrame = errors.sum(1, 2).cpu().data<float>().ToArray();
        var powers = amplitudes.square().sum(1, 2).cpu().data<float>().ToArray();
        var power = powers.Sum(p => (double)p);
        var residual = Math.Sqrt(perFrame.Sum(e => (double)e) / power);
        var found = obj.ToField();
        watch.Stop();
        return new ReconstructionResult
        {
            Object = found,
            Solver = name,
            Probe = measurement.Probe,
            StopReason = StopReason.ScheduleCompleted,
            ResidualHistory = [residual],
            Residual = residual,
            FrameMisfit = [.. perFrame.Select(e => Math.Sqrt(e * data.FrameCount / power))],
            Iterations = iterations,
            NetworkEvaluations = networkEvaluations,
            OperatorEvaluations = operatorEvaluations,
            ComputeTime = watch.Elapsed,
        };
    }
}
