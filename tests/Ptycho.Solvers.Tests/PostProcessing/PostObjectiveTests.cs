using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Solvers.PostProcessing;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.PostProcessing;

public class PostObjectiveTests
{
    private const float Stripe = 0.25f;
    private static readonly CompactUNetOptions Tiny = new()
    {
        ModelChannels = 8,
        ChannelMultipliers = [1, 2],
        ResidualBlocks = [1, 1],
        AttentionFactors = [],
        HeadChannels = 8,
    };

    [Test]
    public void AnUntrainedNetworkLeavesItsInputAndTheLossIsTheErrorOfIt()
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(Tiny, 1);
        var batch = Batch(16);
        var loss = new PostObjective(network, 0, 0.5).Loss(batch, new TrainingStep(0, 0, 1, 0));
        Assert.That(
            loss.ToDouble(),
            Is.EqualTo(Math.Pow(Stripe / 0.5, 2) / 2).Within(1e-3),
            "one of two channels is striped"
        );
    }

    [Test]
    public void NoiseIsInHalfOfTheBatchesAndAddsItsVariance()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var network = new CompactUNet(Tiny, 1);
        var batch = Batch(16);
        var objective = new PostObjective(network, 0.3, 0.5);
        var clean = new PostObjective(network, 0, 0.5).Loss(batch, new TrainingStep(0, 0, 1, 0)).ToDouble();
        var added = Enumerable
            .Range(0, 200)
            .Select(step => objective.Loss(batch, new TrainingStep(step, 0, 1, 0)).ToDouble() - clean)
            .ToArray();
        var noisy = added.Where(a => Math.Abs(a) > 1e-7).ToArray();
        // Binomial(200, ½) has a deviation of 7.
        Assert.That(noisy, Has.Length.InRange(65, 135));
        Assert.That(noisy.Average(), Is.EqualTo(0.09).Within(0.005));
        var again = objective.Loss(batch, new TrainingStep(3, 0, 1, 0)).ToDouble() - clean;
        Assert.That(again, Is.EqualTo(added[3]));
    }

    [Test]
    public void TheValidatorHasTheErrorOfTheWholePairsAndGivesItOnce()
    {
        using var network = new CompactUNet(Tiny, 1);
        var validator = new PostValidator(network, PairSet.Create(new StripedPairs(16, stripe: Stripe), 3));
        Assert.That(validator.Take(), Is.Null);
        Assert.That(validator.Validate().Score, Is.EqualTo(Math.Pow(Stripe / 0.5, 2) / 2).Within(1e-3));
        Assert.That(validator.Take(), Is.EqualTo(0.125).Within(1e-3));
        Assert.That(validator.Take(), Is.Null);
    }

    private static Tensor Batch(int size) =>
        new PairBatchSource(PairSet.Create(new StripedPairs(size, stripe: Stripe), 4), 4, size, 1, 0)
            .Create(0, 0)
            .ToTensor();
}
