using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Physics.Randomness;
using static TorchSharp.torch;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// The mean squared error between what a network makes of a reconstruction and the truth; some batches have white noise
/// added to the reconstruction.
/// </summary>
/// <param name="network">The network; not owned.</param>
/// <param name="noise">Standard deviation of the noise, in channel units.</param>
/// <param name="share">Share of the batches that have it.</param>
internal sealed class PostObjective(ScoreNetwork network, double noise, double share) : ITrainingObjective
{
    private const ulong ChoicePurpose = 0x63_686F_6963_65;
    private const ulong NoisePurpose = 0x6E_6F69_7365;

    /// <inheritdoc />
    public Tensor Loss(Tensor batch, TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var input = batch.narrow(1, 0, 2);
        if (noise > 0 && new StableRandom(step.SeedFor(ChoicePurpose)).NextDouble() < share)
        {
            using var generator = new Generator(step.SeedFor(NoisePurpose));
            input = input + randn(input.shape, float32, generator: generator).to(batch.device) * noise;
        }
        return nn
            .functional.mse_loss(ResidualMap.Apply(network, input), batch.narrow(1, 2, 2))
            .MoveToOuterDisposeScope();
    }
}
