using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>What a network is trained to make small.</summary>
public interface ITrainingObjective
{
    /// <summary>The mean loss over a batch, a scalar that depends on the network's parameters.</summary>
    /// <param name="batch">The batch on the network's device; not to be disposed of or changed.</param>
    /// <param name="step">The step; every random draw is a function of it.</param>
    public Tensor Loss(Tensor batch, TrainingStep step);
}
