using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>
/// Denoising score matching (Ho et al., DDPM, 2020): x = √ᾱ·x₀ + √(1−ᾱ)·ε at levels that are uniform on 1…N and
/// stratified over the batch, and the mean squared error between the network's output and its target, which for
/// v-prediction is v = √ᾱ·ε − √(1−ᾱ)·x₀ (Salimans and Ho, 2022).
/// </summary>
public sealed class DiffusionObjective : ITrainingObjective
{
    private readonly ScoreNetwork network;
    private readonly NoiseSchedule schedule;
    private readonly Prediction prediction;

    /// <summary>The loss of a network under a schedule.</summary>
    /// <exception cref="ArgumentException">The network learns the variance, which this loss does not train.</exception>
    public DiffusionObjective(ScoreNetwork network, NoiseSchedule schedule, Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(prediction);
        if (network.LearnsVariance)
            throw new ArgumentException(
                $"This loss does not train a learned variance; use {nameof(HybridObjective)}, or a network with "
                    + "LearnsVariance = false.",
                nameof(network)
            );
        (this.network, this.schedule, this.prediction) = (network, schedule, prediction);
    }

    /// <inheritdoc />
    public Tensor Loss(Tensor batch, TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var drawn = NoisedBatch.Draw(schedule, prediction, batch, step);
        var output = network.forward(drawn.Input, drawn.Times);
        return nn.functional.mse_loss(output, drawn.Target).MoveToOuterDisposeScope();
    }
}
