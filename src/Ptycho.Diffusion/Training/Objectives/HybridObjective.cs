using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Options;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>
/// The hybrid loss of Nichol and Dhariwal (Improved DDPM, 2021, equation 16) for networks that learn the variance:
/// L_simple + λ·L_vlb. L_simple is the mean squared error that <see cref="DiffusionObjective"/> has. L_vlb is the
/// variational bound in nats per number of an image, N·E_s[L_s] over the drawn levels; it trains the variance only, as
/// no gradient of it goes through the mean.
/// </summary>
/// <remarks>
/// At levels s ≥ 2, L_s is the divergence of q(x_(s−1) | x_s, x₀) from the network's Gaussian, whose log variance is
/// w·log β + (1 − w)·log β̃ with w = (v + 1)/2 of the output v. At level 1 it is −log p(x₀ | x₁) with the Gaussian's
/// density: objects are continuous, so the discretised Gaussian of 8-bit images would have no meaning. There β̃ is 0
/// and that of level 2 takes its place, as in the original.
/// </remarks>
public sealed class HybridObjective : ITrainingObjective
{
    private readonly ScoreNetwork network;
    private readonly NoiseSchedule schedule;
    private readonly Prediction prediction;

    /// <summary>The loss of a network under a schedule.</summary>
    /// <param name="network">The network, with LearnsVariance; not owned.</param>
    /// <param name="schedule">The schedule, of two levels or more.</param>
    /// <param name="prediction">What the first half of the output stands for.</param>
    /// <param name="boundWeight">λ, positive; the paper's 0.001 by default.</param>
    /// <exception cref="ArgumentException">The network does not learn the variance, or the schedule has one level.</exception>
    public HybridObjective(
        ScoreNetwork network,
        NoiseSchedule schedule,
        Prediction prediction,
        double boundWeight = 1e-3
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(prediction);
        if (!network.LearnsVariance)
            throw new ArgumentException(
                $"This loss trains a learned variance; use {nameof(DiffusionObjective)}, or a network with "
                    + "LearnsVariance = true.",
                nameof(network)
            );
        if (schedule.Steps < 2)
            throw new ArgumentException("A learned variance needs a schedule of at least 2 levels.", nameof(schedule));
        (this.network, this.schedule, this.prediction) = (network, schedule, prediction);
        BoundWeight = OptionChecks.Positive(boundWeight, nameof(boundWeight));
    }

    /// <summary>λ, the weight of the variational bound.</summary>
    public double BoundWeight { get; }

    /// <inheritdoc />
    public Tensor Loss(Tensor batch, TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var drawn = NoisedBatch.Draw(schedule, prediction, batch, step);
        var output = network.forward(drawn.Input, drawn.Times);
        var mean = output.narrow(1, 0, network.Channels);
        var variance = output.narrow(1, network.Channels, network.Channels);
        var simple = nn.functional.mse_loss(mean, drawn.Target);
        var sample = prediction.Denoise(schedule, drawn.State, mean.detach(), drawn.Levels);
        var bound = VarianceBound.Of(schedule, batch, sample, variance, drawn.Levels).mean();
        return (simple + bound * (BoundWeight * schedule.Steps)).MoveToOuterDisposeScope();
    }
}
