using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>
/// The running average of the weights that a diffusion network is used with:
/// average ← average + (1 − d)·(weight − average), d = min(decay, (1 + k)/(10 + k)) after k earlier updates, so that the
/// first weights are soon forgotten.
/// </summary>
internal sealed class ExponentialMovingAverage(NamedTensors parameters, double decay) : IDisposable
{
    /// <summary>The averaged weights.</summary>
    public NamedTensors Average { get; } = parameters.Copy();

    /// <summary>d at a step.</summary>
    public static double DecayAt(double decay, long step) => Math.Min(decay, (1.0 + step) / (10.0 + step));

    /// <summary>Takes the weights of a step in.</summary>
    /// <param name="step">Updates before this one.</param>
    public void Update(long step)
    {
        var share = (float)(1 - DecayAt(decay, step));
        using var noGrad = no_grad();
        for (var i = 0; i < parameters.Count; i++)
            if (CpuMemory.Fits(parameters[i]))
            {
                var average = CpuMemory.Values(Average[i]);
                TensorPrimitives.Lerp(average, CpuMemory.Values(parameters[i]), share, average);
            }
            else
            {
                using var scope = NewDisposeScope();
                Average[i].add_((parameters[i] - Average[i]) * share);
            }
    }

    /// <summary>Exchanges the network's weights and the averaged ones; called again, it puts them back.</summary>
    public void Swap()
    {
        using var noGrad = no_grad();
        for (var i = 0; i < parameters.Count; i++)
        {
            using var scope = NewDisposeScope();
            var held = parameters[i].clone();
            parameters[i].copy_(Average[i]);
            Average[i].copy_(held);
        }
    }

    public void Dispose() => Average.Dispose();
}
