using System.Numerics.Tensors;
using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Posterior;

/// <summary>How many counts the data have.</summary>
internal static class CountLevel
{
    /// <summary>The mean counts of a measured pixel, or null where the counts are not known.</summary>
    internal static double? Mean(DiffractionData data)
    {
        if (data.CountsPerUnit is not { } counts)
            return null;
        var amplitudes = new float[data.Height * data.Width];
        var pixels = data.Mask?.PixelWeights.Count(weight => weight > 0) ?? amplitudes.Length;
        var (sum, frames) = (0.0, 0);
        for (var frame = 0; frame < data.FrameCount; frame++)
        {
            if (data.Mask?.FrameWeight(frame) == 0)
                continue;
            data.CopyAmplitudes(frame, amplitudes);
            sum += TensorPrimitives.SumOfSquares<float>(amplitudes);
            frames++;
        }
        return counts * sum / Math.Max(1, (double)frames * pixels);
    }
}
