using System.Numerics.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>The Euclidean norm of all gradients together.</summary>
internal static class GradientNorm
{
    public static double Of(NamedTensors parameters)
    {
        using var noGrad = no_grad();
        var sum = 0.0;
        for (var i = 0; i < parameters.Count; i++)
        {
            using var scope = NewDisposeScope();
            var gradient = parameters[i].grad;
            if (gradient is null)
                continue;
            sum += CpuMemory.Fits(gradient)
                ? TensorPrimitives.SumOfSquares<float>(CpuMemory.Values(gradient))
                : (gradient * gradient).sum().item<float>();
        }
        return Math.Sqrt(sum);
    }
}
