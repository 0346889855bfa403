namespace Ptycho.Diffusion.Training.Rates;

/// <summary>The learning rate as a function of the step alone.</summary>
public interface ILearningRate
{
    /// <summary>The rate of a step, at least 0.</summary>
    /// <param name="step">Steps taken before, from 0.</param>
    public double At(long step);
}
