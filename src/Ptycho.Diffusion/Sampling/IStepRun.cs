using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>One run of a <see cref="IStepRule"/>, to be disposed of at its end.</summary>
public interface IStepRun : IDisposable
{
    /// <summary>The state at the next level.</summary>
    /// <param name="step">The step to be done.</param>
    /// <returns>A new tensor, in the caller's dispose scope.</returns>
    public Tensor Next(SamplingStep step);
}
